import { onPage } from "./pages";

const STORE = "parley-unsent:";

/** Enter sends, Shift+Enter is a newline, and what was not sent survives going elsewhere. */
export function composer(): void {
  document.addEventListener("keydown", (event) => {
    const box = promptBox(event.target);
    if (!box || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    // On a touch keyboard Enter is the only way to a newline.
    if (matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    box.form?.requestSubmit();
  });
  document.addEventListener("input", (event) => {
    const box = promptBox(event.target);
    if (box) sessionStorage.setItem(keyOf(box), box.value);
  });
  document.addEventListener("submit", (event) => {
    const box = (event.target as Element).querySelector("textarea");
    if (box) sessionStorage.removeItem(keyOf(box));
  });
  onPage(() => {
    for (const box of document.querySelectorAll<HTMLTextAreaElement>("textarea[name=prompt]")) {
      if (box.value === "") box.value = sessionStorage.getItem(keyOf(box)) ?? "";
    }
  });
}

function promptBox(target: EventTarget | null): HTMLTextAreaElement | undefined {
  return target instanceof HTMLTextAreaElement && target.name === "prompt" ? target : undefined;
}

/** One text for each place that is written to; the branch does not matter. */
function keyOf(box: HTMLTextAreaElement): string {
  return STORE + new URL(box.form?.action ?? location.href).pathname;
}
