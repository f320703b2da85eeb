const PAUSE_MS = 200;
const BOXES = "input[name=q]";

interface HistoryUpdate {
  history: { type: "push" | "replace" };
  sourceElement: Element;
}

/** Searches while the person types. Back skips the results and returns to the page before them. */
export function search(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.matches(BOXES)) return;
    clearTimeout(timer);
    // A new page would close a phone's popover, so there only Enter searches.
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
