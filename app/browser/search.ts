/** Long enough not to search at every letter. */
const PAUSE_MS = 200;
const BOXES = "input[name=q]";

/** Of htmx: what it is about to do, and for whom. */
interface HistoryUpdate {
  history: { type: "push" | "replace" };
  sourceElement: Element;
}

/** Searches while the person types; Back leads past the results to where the search began. */
export function search(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.matches(BOXES)) return;
    clearTimeout(timer);
    // A new page would close the popover of a phone: there only Enter searches.
    if ((event instanceof InputEvent && event.isComposing) || box.closest(":popover-open")) return;
    timer = setTimeout(() => box.isConnected && box.form?.requestSubmit(), PAUSE_MS);
  });
  document.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("htmx:before:history:update", (event) => {
    // htmx gives this event such a detail.
    const { history, sourceElement } = (event as CustomEvent<HistoryUpdate>).detail;
    const refined = new URLSearchParams(location.search).has("q");
    if (refined && sourceElement.matches(".search-box")) history.type = "replace";
  });
}
