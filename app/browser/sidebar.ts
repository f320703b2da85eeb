/** A sidebar that covers a phone goes when the page behind it changes. */
export function sidebar(): void {
  document.addEventListener("htmx:before:request", ({ target }) => {
    const open = target instanceof Element ? target.closest<HTMLElement>(":popover-open") : null;
    open?.hidePopover();
  });
}
