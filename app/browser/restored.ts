/** A page that the browser kept whole and shows again is out of date: it asks for itself. */
export function restored(): void {
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
