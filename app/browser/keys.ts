/** Escape stops the answer that is being written. */
export function keys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    // An open popover has the first claim on Escape.
    if (document.querySelector(":popover-open")) return;
    document.querySelector<HTMLFormElement>(".stop-bar")?.requestSubmit();
  });
}
