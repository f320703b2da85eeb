import { onPage } from "./pages";

const STORE = "parley-unsent:";
const BOXES = "textarea[name=prompt]";
/** Stands for no place: the next page begins the box anew. */
const SENT = "";

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
    if (box) remember(keyOf(box), box.value);
  });
  // The morph keeps typed text, so each box remembers the place that its text was meant for.
  const places = new WeakMap<HTMLTextAreaElement, string>();
  let sent: string | undefined;
  document.addEventListener("submit", (event) => {
    const box = (event.target as Element).querySelector<HTMLTextAreaElement>(BOXES);
    if (!box) return;
    sent = keyOf(box);
    places.set(box, SENT);
  });
  // It never arrived: the text stays, here and in the store.
  document.addEventListener("htmx:error", () => {
    sent = undefined;
    for (const box of allBoxes()) places.set(box, keyOf(box));
  });
  onPage(() => {
    if (sent) sessionStorage.removeItem(sent);
    sent = undefined;
    for (const box of allBoxes()) {
      const before = places.get(box);
      const place = keyOf(box);
      if (before === place) continue;
      places.set(box, place);
      // Somebody may have begun to write before this script came.
      if (before === undefined && box.value !== "") continue;
      // What the page gives back goes first: a prompt that was refused.
      if (box.defaultValue) remember(place, box.defaultValue);
      box.value = box.defaultValue || (sessionStorage.getItem(place) ?? "");
    }
  });
}

function remember(place: string, text: string): void {
  try {
    sessionStorage.setItem(place, text);
  } catch {
    // Too much for the browser's store: the text is in the box, and only there.
  }
}

function allBoxes(): NodeListOf<HTMLTextAreaElement> {
  return document.querySelectorAll(BOXES);
}

function promptBox(target: EventTarget | null): HTMLTextAreaElement | undefined {
  return target instanceof HTMLTextAreaElement && target.name === "prompt" ? target : undefined;
}

/** One text for each place that is written to; the branch does not matter. */
function keyOf(box: HTMLTextAreaElement): string {
  return STORE + new URL(box.form?.action ?? location.href).pathname;
}
