import { onLiveEvent, onPage } from "./pages";

/** Folds the thinking when the answer begins, once: whoever opens it again keeps it open. */
export function thinking(): void {
  let folded: Element | undefined;
  const fold = () => {
    const live = document.querySelector(".message.live");
    const details = live?.querySelector<HTMLDetailsElement>("details.thinking");
    if (!details || details === folded || !live?.querySelector(".answer")?.textContent) return;
    details.open = false;
    folded = details;
  };
  onPage(fold);
  onLiveEvent(fold);
}
