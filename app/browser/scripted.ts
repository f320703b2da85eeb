/** Says that script runs here: to the style sheet, and to the server, which then sends events instead of a document that stays open. */
export function scripted(): void {
  const { documentElement } = document;
  documentElement.classList.add("scripted");
  for (const element of document.querySelectorAll<HTMLElement>("[data-scripted]")) {
    element.hidden = false;
  }
  const path = documentElement.dataset.base ?? "/";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is missing where Parley runs over plain HTTP.
  document.cookie = `parley-script=1; path=${path}; max-age=31536000; samesite=lax`;
}
