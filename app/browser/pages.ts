/** Runs `then` for the page as it is and after everything that htmx puts into it. */
export function onPage(then: () => void): void {
  document.addEventListener("htmx:after:swap", then);
  then();
}

/** Runs `then` after each event of a live answer. */
export function onLiveEvent(then: () => void): void {
  document.addEventListener("htmx:sse:after:message", then);
}
