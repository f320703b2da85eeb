/** A sidebar that covers a phone goes when the page behind it changes. */
export function sidebar(): void {
  document.addEventListener("htmx:before:request", ({ target }) => {
    if (!(target instanceof Element) || target.matches(".again")) return;
    target.closest<HTMLElement>(":popover-open")?.hidePopover();
  });
}
