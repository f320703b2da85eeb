import { onPage } from "./page";

const STORE = "parley-keys";

export function keys(): void {
  document.addEventListener("keydown", (event) => {
    // An open popover gets the keys first.
    if (event.defaultPrevented || document.querySelector(":popover-open")) return;
    if (event.key === "Escape") {
      document.querySelector<HTMLButtonElement>(".composer .stop")?.click();
    } else if (isShortcut(event) && follow(event.key)) {
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

function isShortcut(event: KeyboardEvent): boolean {
  const { ctrlKey, metaKey, altKey, repeat, isComposing, target } = event;
  if (ctrlKey || metaKey || altKey || repeat || isComposing) return false;
  const typing = target instanceof HTMLElement && target.matches("input, textarea, select");
  return !typing && switchedOn();
}

function follow(key: string): boolean {
  switch (key) {
    case "n":
      return click(document.querySelector(".new-link"));
    // Firefox uses the slash for its own search.
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

function search(): boolean {
  const box = document.querySelector<HTMLInputElement>("#search");
  box?.focus();
  return (
    (box !== null && document.activeElement === box) || click(document.querySelector(".all-link"))
  );
}

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
