import { FILE_BYTES, FORM_FILES_BYTES } from "~/limits";
import { fileSize } from "~/shared/numbers";
import { pathOf, SENT, sends } from "./composer";
import { countContext } from "./context-meter";
import { makeButton, onPage, onSubmit } from "./page";

const MIB = 1024 * 1024;
const FIELD = ".composer input[type=file]";

/** All chosen files: the field itself keeps only the last choice. */
const chosen = new WeakMap<HTMLInputElement, File[]>();
/** A morph keeps chosen files, so each field remembers its conversation's path. */
const places = new WeakMap<HTMLInputElement, string>();

/** Files can be dropped, pasted and removed, with a warning for models that cannot see pictures. */
export function files(): void {
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (isField(target) && target.files) add(target, target.files);
    else check(target.closest<HTMLFormElement>(".composer"));
  });
  document.addEventListener("paste", paste);
  for (const name of ["dragover", "dragleave", "drop"] as const) {
    document.addEventListener(name, drag);
  }
  onSubmit((form, event) => {
    const input = fieldOf(form);
    if (input && sends(event)) places.set(input, SENT);
  });
  // The request never arrived: the files stay chosen.
  document.addEventListener("htmx:error", () => {
    for (const input of fields()) places.set(input, pathOf(input));
  });
  onPage(() => {
    for (const input of fields()) {
      const place = pathOf(input);
      const stays = (places.get(input) ?? place) === place;
      places.set(input, place);
      choose(input, stays ? [...(input.files ?? [])] : []);
    }
  });
}

function add(input: HTMLInputElement, more: FileList): void {
  choose(input, [...(chosen.get(input) ?? []), ...more]);
}

function choose(input: HTMLInputElement, all: File[]): void {
  const transfer = new DataTransfer();
  for (const file of all) transfer.items.add(file);
  input.files = transfer.files;
  chosen.set(input, all);
  input.setCustomValidity(tooLarge(all));
  const rows = all.map((file) => row(input, file, all));
  input.form?.querySelector(".chosen-files")?.replaceChildren(...rows);
  check(input.form);
}

function row(input: HTMLInputElement, file: File, all: File[]): HTMLElement {
  const item = document.createElement("li");
  const button = makeButton("quiet", "Remove", () => {
    choose(
      input,
      all.filter((other) => other !== file),
    );
    input.focus();
  });
  button.setAttribute("aria-label", `Remove ${file.name}`);
  item.append(`${file.name}, ${fileSize(file.size)} `, button);
  return item;
}

function paste(event: ClipboardEvent): void {
  const { files, types } = event.clipboardData ?? {};
  const input = fieldOf(event.target);
  // A copied table or page comes with a picture of itself; its text is meant.
  if (!input || !files?.length || types?.includes("text/plain")) return;
  event.preventDefault();
  add(input, files);
}

function drag(event: DragEvent): void {
  const input = document.querySelector<HTMLInputElement>(FIELD);
  if (!input || !event.dataTransfer?.types.includes("Files")) return;
  input.form?.classList.toggle("dropping", event.type === "dragover");
  event.preventDefault();
  if (event.type === "drop") add(input, event.dataTransfer.files);
}

function tooLarge(all: File[]): string {
  const large = all.find(({ size }) => size > FILE_BYTES);
  if (large) return `${large.name} is larger than ${FILE_BYTES / MIB} MiB.`;
  const sum = all.reduce((bytes, { size }) => bytes + size, 0);
  return sum > FORM_FILES_BYTES
    ? `Together the files are larger than ${FORM_FILES_BYTES / MIB} MiB.`
    : "";
}

function check(form: HTMLFormElement | null): void {
  countContext();
  if (!form) return;
  const files = [...(fieldOf(form)?.files ?? [])];
  const kept = [...form.querySelectorAll<HTMLInputElement>("[name=kept]:checked")];
  const box = form.querySelector<HTMLTextAreaElement>("[name=prompt]");
  if (box) box.required = files.length + kept.length === 0;
  const pictures =
    kept.some(({ dataset }) => dataset.kind === "picture") ||
    files.some(({ type }) => type.startsWith("image/"));
  const model = form.querySelector<HTMLOptionElement>("option:checked");
  const note = form.querySelector(".vision-note");
  const sentence =
    pictures && model && !model.hasAttribute("data-sees")
      ? `${model.value} cannot see pictures: choose a model that does.`
      : "";
  if (note && note.textContent !== sentence) note.textContent = sentence;
}

function fields(): NodeListOf<HTMLInputElement> {
  return document.querySelectorAll(FIELD);
}

function isField(element: Element): element is HTMLInputElement {
  return element.matches(FIELD);
}

function fieldOf(target: EventTarget | null): HTMLInputElement | null | undefined {
  return target instanceof Element
    ? target.closest(".composer")?.querySelector<HTMLInputElement>("input[type=file]")
    : null;
}
