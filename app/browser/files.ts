import { FILE_BYTES, FORM_FILES_BYTES } from "~/limits";
import { fileSize } from "~/shared/file-size";
import { sends } from "./composer";
import { countContext } from "./context";
import { onPage } from "./pages";

const MIB = 1024 * 1024;
/** Stands for no place: the next page begins the field anew. */
const SENT = "";

/** Files can be dropped and pasted, are listed and taken back, and a model that cannot see says so. */
export function files(): void {
  const chosen = new WeakMap<HTMLInputElement, File[]>();
  const places = new WeakMap<HTMLInputElement, string>();

  const choose = (input: HTMLInputElement, all: File[]) => {
    const transfer = new DataTransfer();
    for (const file of all) transfer.items.add(file);
    input.files = transfer.files;
    chosen.set(input, all);
    input.setCustomValidity(tooLarge(all));
    list(input, all, (gone) =>
      choose(
        input,
        all.filter((file) => file !== gone),
      ),
    );
    look(input.form);
  };
  const add = (input: HTMLInputElement, more: FileList) =>
    choose(input, [...(chosen.get(input) ?? []), ...more]);

  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (isField(target) && target.files) add(target, target.files);
    else look(target.closest<HTMLFormElement>(".composer"));
  });
  document.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData ?? {};
    const input = fieldOf(event.target);
    // A table or a page that is copied comes as a picture too; then the text is what was meant.
    if (!input || !files?.length || types?.includes("text/plain")) return;
    event.preventDefault();
    add(input, files);
  });
  for (const name of ["dragover", "dragleave", "drop"] as const) {
    document.addEventListener(name, (event) => {
      const input = document.querySelector<HTMLInputElement>(FIELD);
      if (!input || !event.dataTransfer?.types.includes("Files")) return;
      input.form?.classList.toggle("dropping", name === "dragover");
      event.preventDefault();
      if (name === "drop") add(input, event.dataTransfer.files);
    });
  }
  document.addEventListener("submit", (event) => {
    const input = fieldOf(event.target);
    if (input && sends(event)) places.set(input, SENT);
  });
  // They never arrived: they stay chosen.
  document.addEventListener("htmx:error", () => {
    for (const input of fields()) places.set(input, placeOf(input));
  });
  onPage(() => {
    for (const input of fields()) {
      const place = placeOf(input);
      const stays = (places.get(input) ?? place) === place;
      places.set(input, place);
      choose(input, stays ? [...(input.files ?? [])] : []);
    }
  });
}

const FIELD = ".composer input[type=file]";

function fields(): NodeListOf<HTMLInputElement> {
  return document.querySelectorAll(FIELD);
}

function isField(element: Element): element is HTMLInputElement {
  return element.matches(FIELD);
}

/** The field of the composer that this is a part of. */
function fieldOf(target: EventTarget | null): HTMLInputElement | null | undefined {
  return target instanceof Element
    ? target.closest(".composer")?.querySelector<HTMLInputElement>("input[type=file]")
    : null;
}

function placeOf(input: HTMLInputElement): string {
  return new URL(input.form?.action ?? location.href).pathname;
}

/** What keeps these files from being sent, or "". */
function tooLarge(all: File[]): string {
  const large = all.find(({ size }) => size > FILE_BYTES);
  if (large) return `${large.name} is larger than ${FILE_BYTES / MIB} MiB.`;
  const sum = all.reduce((bytes, { size }) => bytes + size, 0);
  return sum > FORM_FILES_BYTES
    ? `Together the files are larger than ${FORM_FILES_BYTES / MIB} MiB.`
    : "";
}

function list(input: HTMLInputElement, all: File[], remove: (file: File) => void): void {
  const rows = all.map((file) => {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = "Remove";
    button.setAttribute("aria-label", `Remove ${file.name}`);
    button.addEventListener("click", () => {
      remove(file);
      input.focus();
    });
    row.append(`${file.name}, ${fileSize(file.size)} `, button);
    return row;
  });
  input.form?.querySelector(".chosen-files")?.replaceChildren(...rows);
}

/** Whether it fits into the context, whether the text may be empty, and whether the model can see what is chosen. */
function look(form: HTMLFormElement | null): void {
  countContext();
  if (!form) return;
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const kept = [...form.querySelectorAll<HTMLInputElement>("[name=kept]:checked")];
  const box = form.querySelector<HTMLTextAreaElement>("[name=prompt]");
  if (box) box.required = !input?.files?.length && kept.length === 0;
  const pictures =
    kept.some(({ dataset }) => dataset.kind === "picture") ||
    [...(input?.files ?? [])].some(({ type }) => type.startsWith("image/"));
  const model = form.querySelector<HTMLOptionElement>("option:checked");
  const note = form.querySelector(".sight");
  const sentence =
    pictures && model && !model.hasAttribute("data-sees")
      ? `${model.value} cannot see pictures: choose a model that does.`
      : "";
  if (note && note.textContent !== sentence) note.textContent = sentence;
}
