/** When one request is over the next may begin. */
const AGAIN_MS = 100;

/**
 * Earlier messages that were loaded above push nothing away: what one is reading stays where it is. And they
 * stay when the page asks for itself.
 */
export function earlier(): void {
  const page = document.scrollingElement ?? document.documentElement;
  let reading: { element: Element; top: number } | undefined;
  document.addEventListener("htmx:before:swap", (event) => {
    const { target } = event;
    if (!isLink(target)) return;
    if (!isFor(target, event)) {
      event.preventDefault();
      setTimeout(() => target.dispatchEvent(new Event("intersect")), AGAIN_MS);
      return;
    }
    const element = target.nextElementSibling;
    reading = element ? { element, top: element.getBoundingClientRect().top } : undefined;
  });
  document.addEventListener("htmx:after:swap", ({ target }) => {
    if (!isLink(target)) return;
    target.remove();
    if (reading) page.scrollTop += reading.element.getBoundingClientRect().top - reading.top;
    reading = undefined;
    keepLoaded();
  });
}

/** A live answer's page asks for itself when the answer ends: then for all that is shown. */
function keepLoaded(): void {
  const refresh = document.querySelector("[hx-trigger^=done]");
  const first = document.querySelector(".messages > .message")?.id.replace(/^m-/, "");
  const self = refresh?.getAttribute("hx-get");
  if (!self || !first) return;
  const address = new URL(self, location.href);
  address.searchParams.set("from", first);
  refresh?.setAttribute("hx-get", `${address.pathname}${address.search}`);
}

/** Whether what comes is what the link leads to: the page may have changed while it was on its way. */
function isFor(link: Element, event: Event): boolean {
  const { ctx } = (event as CustomEvent<{ ctx: { request: { action: string } } }>).detail;
  return ctx.request.action === link.getAttribute("hx-get");
}

function isLink(target: EventTarget | null): target is Element {
  return target instanceof Element && target.matches("a.earlier");
}
