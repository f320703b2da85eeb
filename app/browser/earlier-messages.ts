/** A request repeated sooner would be dropped as a second click. */
const REPEAT_MS = 100;

/** Loads earlier messages above without moving what is being read, and keeps them when a live page refreshes. */
export function earlierMessages(): void {
  const page = document.scrollingElement ?? document.documentElement;
  let reading: { element: Element; top: number } | undefined;
  document.addEventListener("htmx:before:swap", (event) => {
    const { target } = event;
    if (!isLink(target)) return;
    if (!isCurrent(target, event)) {
      event.preventDefault();
      setTimeout(() => target.dispatchEvent(new Event("intersect")), REPEAT_MS);
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
    refreshFromFirst();
  });
}

function refreshFromFirst(): void {
  const refresh = document.querySelector("[hx-trigger^=done]");
  const first = document.querySelector(".messages > .message")?.id.replace(/^m-/, "");
  const self = refresh?.getAttribute("hx-get");
  if (!self || !first) return;
  const address = new URL(self, location.href);
  address.searchParams.set("from", first);
  refresh?.setAttribute("hx-get", `${address.pathname}${address.search}`);
}

function isCurrent(link: Element, event: Event): boolean {
  // htmx gives this event its context.
  const { ctx } = (event as CustomEvent<{ ctx: { request: { action: string } } }>).detail;
  return ctx.request.action === link.getAttribute("hx-get");
}

function isLink(target: EventTarget | null): target is Element {
  return target instanceof Element && target.matches("a.earlier");
}
