import { onPage } from "./pages";

const STORE = "parley-keys";

/** Escape stops the answer that is being written; single keys lead about, unless they are switched off. */
export function keys(): void {
  document.addEventListener("keydown", (event) => {
    // An open popover has the first claim on Escape, and on all keys.
    if (event.defaultPrevented || document.querySelector(":popover-open")) return;
    if (event.key === "Escape") {
      document.querySelector<HTMLButtonElement>(".composer .stop")?.click();
    } else if (mayLead(event) && lead(event.key)) {
      event.preventDefault();
    }
  });
  const sheet = () => document.getElementById("keys");
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target === sheet() && sheet()?.matches(":popover-open")) sheet()?.focus();
    },
    true,
  );
  document.addEventListener("change", ({ target }) => {
    if (target !== choice()) return;
    localStorage.setItem(STORE, choice()?.checked ? "on" : "off");
  });
  onPage(() => {
    const box = choice();
    if (box) box.checked = switchedOn();
  });
}

/** The browser's own keys and what somebody types are not ours; a key that is held is one. */
function mayLead(event: KeyboardEvent): boolean {
  const { ctrlKey, metaKey, altKey, repeat, isComposing, target } = event;
  if (ctrlKey || metaKey || altKey || repeat || isComposing) return false;
  const writing = target instanceof HTMLElement && target.matches("input, textarea, select");
  return !writing && switchedOn();
}

/** Does what a key is for; false where it is for nothing on this page. */
function lead(key: string): boolean {
  switch (key) {
    case "n":
      return click(document.querySelector(".new-link"));
    // Not the slash of other sites: in Firefox that is the browser's own.
    case "s":
      return search();
    case "e":
      return click([...document.querySelectorAll("[data-edit]")].at(-1));
    case "j":
      return click(neighbour(1));
    case "k":
      return click(neighbour(-1));
    case "?":
      document.getElementById("keys")?.showPopover();
      return true;
    default:
      return false;
  }
}

/** The box stands in the column, which a narrow window hides: there the page of all conversations has it. */
function search(): boolean {
  const box = document.querySelector<HTMLInputElement>("#search");
  box?.focus();
  return (
    (box !== null && document.activeElement === box) || click(document.querySelector(".all-link"))
  );
}

/** The conversation that stands beside this one in the column; the first, where none of them is open. */
function neighbour(step: 1 | -1): Element | undefined {
  const entries = [...document.querySelectorAll(".sidebar .entry")];
  return entries[entries.findIndex((entry) => entry.matches("[aria-current]")) + step];
}

function click(link: Element | null | undefined): boolean {
  if (!(link instanceof HTMLElement)) return false;
  link.click();
  return true;
}

function choice(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>("#keys-on");
}

function switchedOn(): boolean {
  return localStorage.getItem(STORE) !== "off";
}
