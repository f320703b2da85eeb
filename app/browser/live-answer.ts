import { onLiveEvent, onPage } from "./page";

/** The page scrolls along if it is nearer to its end than this. */
const NEAR_PX = 100;

interface Shown {
  path: string;
  last: string | undefined;
  live: boolean;
}

/** Keeps the page at its end while text arrives, unless the person has scrolled up. */
export function followLiveAnswer(): void {
  const page = document.scrollingElement ?? document.documentElement;
  let near = true;
  const toEnd = () => page.scrollTo({ top: page.scrollHeight, behavior: "instant" });
  document.addEventListener(
    "scroll",
    () => {
      near = page.scrollHeight - page.scrollTop - page.clientHeight < NEAR_PX;
    },
    { passive: true },
  );
  let before: Shown | undefined;
  onPage(() => {
    const now = shown();
    if (!before) {
      if (now.live) toEnd();
    } else if (now.path !== before.path) {
      // A conversation opens at its end; a link to a message then scrolls on to that.
      if (now.last) toEnd();
      else page.scrollTo({ top: 0, behavior: "instant" });
    } else if (now.last !== before.last || (now.live && !before.live) || (before.live && near)) {
      toEnd();
    }
    before = now;
  });
  onLiveEvent(() => {
    if (near) toEnd();
  });
}

function shown(): Shown {
  const last = [...document.querySelectorAll(".messages > .message")].at(-1);
  const live = last?.classList.contains("live") ?? false;
  return { path: location.pathname, last: last?.id, live };
}

/** Folds the thinking once, when the answer begins. */
export function foldThinking(): void {
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
