/** Runs `then` for the page as it is, and after each swap by htmx. */
export function onPage(then: () => void): void {
  document.addEventListener("htmx:after:swap", then);
  then();
}

/** Runs `then` after each event of a live answer. */
export function onLiveEvent(then: () => void): void {
  document.addEventListener("htmx:sse:after:message", then);
}

export function onSubmit(then: (form: HTMLFormElement, event: SubmitEvent) => void): void {
  document.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLFormElement) then(event.target, event);
  });
}

/** On a touch device Enter must insert newlines, and focus opens a keyboard that covers the page. */
export function isTouchDevice(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}

export function makeButton(
  className: string,
  text: string,
  click: (button: HTMLButtonElement) => void,
): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = text;
  button.addEventListener("click", () => click(button));
  return button;
}

/** Tells style sheets and server that scripts run, so that live answers come as events. */
export function markScripted(): void {
  const { documentElement } = document;
  documentElement.classList.add("scripted");
  for (const element of document.querySelectorAll<HTMLElement>("[data-scripted]")) {
    element.hidden = false;
  }
  const path = documentElement.dataset.base ?? "/";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is missing where Parley runs over plain HTTP.
  document.cookie = `parley-script=1; path=${path}; max-age=31536000; samesite=lax`;
}

/** Reloads a page restored from the browser's cache, which is out of date. */
export function reloadRestored(): void {
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
