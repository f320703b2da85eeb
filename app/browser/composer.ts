import { isTouchDevice, onPage, onSubmit } from "./page";

const STORE = "parley-unsent:";
const BOXES = "textarea[name=prompt]";
/** Stored instead of a path: the text was sent, so the next page empties the box. */
export const SENT = "";

/** A morph keeps typed text, so each box remembers its conversation's path. */
const places = new WeakMap<HTMLTextAreaElement, string>();
const defaults = new WeakMap<HTMLTextAreaElement, string>();
let sent: { place: string; text: string } | undefined;

export function composer(): void {
  document.addEventListener("keydown", sendOnEnter);
  document.addEventListener("input", ({ target }) => {
    const box = promptBox(target);
    if (box) store(pathOf(box), box.value);
  });
  onSubmit((form, event) => {
    const box = form.querySelector<HTMLTextAreaElement>(BOXES);
    if (!box || !sends(event)) return;
    sent = { place: pathOf(box), text: box.value };
    places.set(box, SENT);
    // Otherwise a phone's keyboard covers the answer.
    if (isTouchDevice()) box.blur();
  });
  // The request never arrived: the text stays in the box and the store.
  document.addEventListener("htmx:error", () => {
    sent = undefined;
    for (const box of boxes()) places.set(box, pathOf(box));
  });
  onPage(() => {
    if (sent) sessionStorage.removeItem(STORE + sent.place);
    for (const box of boxes()) restore(box, sent?.text ?? "");
    sent = undefined;
  });
}

export function focusAfterSending(): void {
  let due = false;
  onSubmit((form, event) => {
    if (form.matches(".composer") && sends(event)) due = true;
  });
  onPage(() => {
    const box = document.querySelector<HTMLTextAreaElement>(BOXES);
    if (!due || !box) return;
    due = false;
    const focused = document.activeElement;
    const elsewhere = focused && focused !== document.body && !box.form?.contains(focused);
    if (!elsewhere && !isTouchDevice()) box.focus({ preventScroll: true });
  });
}

/** False if the form was submitted by a button that does something else with the text. */
export function sends(event: SubmitEvent): boolean {
  return !event.submitter?.hasAttribute("formaction");
}

/** The path that the field's form posts to; unsent text is stored by it. */
export function pathOf({ form }: HTMLTextAreaElement | HTMLInputElement): string {
  return new URL(form?.action ?? location.href).pathname;
}

function sendOnEnter(event: KeyboardEvent): void {
  const box = promptBox(event.target);
  if (!box || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  if (isTouchDevice()) return;
  event.preventDefault();
  box.form?.requestSubmit();
}

function restore(box: HTMLTextAreaElement, sentText: string): void {
  const before = places.get(box);
  const place = pathOf(box);
  const brings = box.defaultValue !== "" && box.defaultValue !== defaults.get(box);
  defaults.set(box, box.defaultValue);
  places.set(box, place);
  const adds = brings && box.hasAttribute("data-adds");
  // The person may have begun to write before this script ran.
  if (!adds && before === undefined && box.value !== "") return;
  if (adds) box.value = withAdded(stored(place), box.defaultValue);
  else if (brings) box.value = withRest(box.defaultValue, box.value);
  else if (before === SENT) box.value = restAfter(box.value, sentText);
  // A morph empties a box if the new page brings no text.
  else if (before !== place || box.value === "") box.value = stored(place);
  if (box.value) store(place, box.value);
}

/** Adds the text once, however often the page is shown. */
function withAdded(written: string, added: string): string {
  return written.endsWith(added) ? written : [written, added].filter(Boolean).join("\n\n");
}

function withRest(text: string, written: string): string {
  return written.startsWith(text) ? written : text;
}

function restAfter(written: string, text: string): string {
  return written.startsWith(text) ? written.slice(text.length).trimStart() : written;
}

function stored(place: string): string {
  return sessionStorage.getItem(STORE + place) ?? "";
}

function store(place: string, text: string): void {
  try {
    sessionStorage.setItem(STORE + place, text);
  } catch {
    // Too long for the browser's store.
  }
}

function boxes(): NodeListOf<HTMLTextAreaElement> {
  return document.querySelectorAll(BOXES);
}

function promptBox(target: EventTarget | null): HTMLTextAreaElement | undefined {
  return target instanceof HTMLTextAreaElement && target.name === "prompt" ? target : undefined;
}
