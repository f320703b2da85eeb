import { sends } from "./composer";
import { onPage } from "./pages";

/** When a prompt was sent one can write on: the focus that went with Send comes back to the box. */
export function focus(): void {
  let due = false;
  document.addEventListener("submit", (event) => {
    if ((event.target as Element).matches(".composer") && sends(event)) due = true;
  });
  onPage(() => {
    const box = document.querySelector<HTMLTextAreaElement>("textarea[name=prompt]");
    if (!due || !box) return;
    due = false;
    const focused = document.activeElement;
    const elsewhere = focused && focused !== document.body && !box.form?.contains(focused);
    // On a phone the focus would bring up the keyboard.
    if (elsewhere || matchMedia("(pointer: coarse)").matches) return;
    box.focus({ preventScroll: true });
  });
}
