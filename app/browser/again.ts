/** Parts of the page that ask for themselves anew leave alone what a person has open, and another page. */
export function again(): void {
  const askedOn = new WeakMap<object, string>();
  on("htmx:before:request", (event, request) => {
    askedOn.set(request, location.href);
    if (document.querySelector(".menu:popover-open")) event.preventDefault();
  });
  on("htmx:before:response", (event, request) => {
    if (askedOn.get(request) !== location.href) event.preventDefault();
  });
}

/** Listens for what happens to requests of such parts; `request` is the same object all the way. */
function on(name: string, then: (event: Event, request: object) => void): void {
  document.addEventListener(name, (event) => {
    if (!(event.target instanceof Element) || !event.target.matches(".again")) return;
    then(event, (event as CustomEvent<{ ctx: object }>).detail.ctx);
  });
}
