import { onPage } from "./pages";

/** When what was sent is answered one can write on: the focus that went with Send comes back to the box. */
export function focus(): void {
  let due = false;
  document.addEventListener("submit", (event) => {
    if ((event.target as Element).matches(".composer")) due = true;
  });
  onPage(() => {
    const box = document.querySelector<HTMLTextAreaElement>("textarea[name=prompt]");
    if (!due || !box || document.querySelector(".message.live")) return;
    due = false;
    const elsewhere = document.activeElement !== null && document.activeElement !== document.body;
    // On a phone the focus would bring up the keyboard.
    if (elsewhere || matchMedia("(pointer: coarse)").matches) return;
    box.focus({ preventScroll: true });
  });
}
