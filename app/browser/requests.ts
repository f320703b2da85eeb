interface Context {
  sourceElement: Element;
  request: { method: string; headers: Record<string, string> };
  fetch: (...args: Parameters<typeof fetch>) => Promise<Response>;
}

/** htmx decides once whether an element is boosted; a morph may change its attributes later. */
const NOT_BOOSTED = 'a[hx-boost="false"], a[download]';
const EVENT_STREAM = "[hx-sse\\:connect]";

/** htmx swaps in any response as HTML: only HTML and live events may pass, the browser opens the rest. */
export function acceptOnlyPages(): void {
  onHtmx("htmx:config:request", ({ sourceElement: link }, event) => {
    if (!(link instanceof HTMLAnchorElement) || !link.matches(NOT_BOOSTED)) return;
    event.preventDefault();
    location.assign(link.href);
  });
  onHtmx("htmx:before:request", (ctx) => {
    ctx.fetch = (...args) => fetchPage(ctx, ...args);
  });
}

async function fetchPage(
  { sourceElement, request }: Context,
  ...args: Parameters<typeof fetch>
): Promise<Response> {
  const response = await fetch(...args);
  const wanted = sourceElement.matches(EVENT_STREAM) ? "text/event-stream" : "text/html";
  const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type === wanted) return response;
  void response.body?.cancel();
  const isLink = request.headers["HX-Boosted"] && (request.method === "GET" || response.redirected);
  if (!isLink) throw new Error(`expected ${wanted}, received ${type ?? "no type"}`);
  location.assign(response.url);
  // htmx ignores an abort.
  throw new DOMException("left to the browser", "AbortError");
}

/** Skips automatic refreshes while a menu is open, and drops those that arrive on another page. */
export function restrainAutoRefresh(): void {
  const startedAt = new WeakMap<Context, string>();
  onHtmx("htmx:before:request", (ctx, event) => {
    if (!isAutoRefresh(event.target)) return;
    startedAt.set(ctx, location.href);
    if (document.querySelector(".menu:popover-open")) event.preventDefault();
  });
  onHtmx("htmx:before:response", (ctx, event) => {
    if (isAutoRefresh(event.target) && startedAt.get(ctx) !== location.href) event.preventDefault();
  });
}

export function closeSidebarOnRequest(): void {
  document.addEventListener("htmx:before:request", ({ target }) => {
    if (!(target instanceof Element) || isAutoRefresh(target)) return;
    target.closest<HTMLElement>(":popover-open")?.hidePopover();
  });
}

/** Whether a part of the page made the request itself, as it does every few seconds. */
export function isAutoRefresh(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(".auto-refresh");
}

function onHtmx(name: string, then: (ctx: Context, event: Event) => void): void {
  document.addEventListener(name, (event) => {
    // htmx gives each of these events its context.
    then((event as CustomEvent<{ ctx: Context }>).detail.ctx, event);
  });
}
