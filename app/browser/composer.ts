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
  const given = new WeakMap<HTMLTextAreaElement, string>();
  let sent: { place: string; text: string } | undefined;
  document.addEventListener("submit", (event) => {
    const box = (event.target as Element).querySelector<HTMLTextAreaElement>(BOXES);
    if (!box || !sends(event)) return;
    sent = { place: keyOf(box), text: box.value };
    places.set(box, SENT);
    // Else the keyboard of a phone would cover the answer.
    if (matchMedia("(pointer: coarse)").matches) box.blur();
  });
  // It never arrived: the text stays, here and in the store.
  document.addEventListener("htmx:error", () => {
    sent = undefined;
    for (const box of allBoxes()) places.set(box, keyOf(box));
  });
  onPage(() => {
    const gone = sent;
    if (gone) sessionStorage.removeItem(gone.place);
    sent = undefined;
    for (const box of allBoxes()) {
      const before = places.get(box);
      const place = keyOf(box);
      const gives = box.defaultValue !== "" && box.defaultValue !== given.get(box);
      given.set(box, box.defaultValue);
      places.set(box, place);
      const adds = gives && box.hasAttribute("data-adds");
      // Somebody may have begun to write before this script came.
      if (!adds && before === undefined && box.value !== "") continue;
      if (adds) box.value = withAdded(stored(place), box.defaultValue);
      // What the page gives back goes first: a prompt that was refused or withdrawn.
      else if (gives) box.value = withRest(box.defaultValue, box.value);
      else if (before === SENT) box.value = restOf(box.value, gone?.text ?? "");
      // A morph empties a box whose page gives nothing back any more.
      else if (before !== place || box.value === "") box.value = stored(place);
      if (box.value) remember(place, box.value);
    }
  });
}

/** Whether a form sends what is in its box; other buttons in it only take that along. */
export function sends(event: SubmitEvent): boolean {
  return !event.submitter?.hasAttribute("formaction");
}

/** What was written before, with what a page adds to it: once, however often that page is shown. */
function withAdded(written: string, added: string): string {
  return written.endsWith(added) ? written : [written, added].filter(Boolean).join("\n\n");
}

/** What was given back, with what was written behind it while it was on its way. */
function withRest(text: string, written: string): string {
  return written.startsWith(text) ? written : text;
}

/** What was written while a text was on its way. */
function restOf(written: string, text: string): string {
  return written.startsWith(text) ? written.slice(text.length).trimStart() : written;
}

function stored(place: string): string {
  return sessionStorage.getItem(place) ?? "";
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
