/** Long enough that a word is not looked for letter by letter. */
const PAUSE_MS = 200;
const BOXES = "input[name=q]";

/** Results come while one types; the way back leads past them, to the page where the search began. */
export function search(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.matches(BOXES)) return;
    clearTimeout(timer);
    // The column of a phone goes away when a page comes: there one says when.
    if ((event as InputEvent).isComposing || box.closest(":popover-open")) return;
    timer = setTimeout(() => box.isConnected && box.form?.requestSubmit(), PAUSE_MS);
  });
  document.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("htmx:before:history:update", (event) => {
    const { history, sourceElement } = (event as CustomEvent<HistoryUpdate>).detail;
    const again = new URLSearchParams(location.search).has("q");
    if (again && sourceElement.matches(".search-box")) history.type = "replace";
  });
}

/** Of htmx: what it is about to do, and for whom. */
interface HistoryUpdate {
  history: { type: "push" | "replace" };
  sourceElement: Element;
}
