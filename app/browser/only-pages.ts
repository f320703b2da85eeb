/** The context of an htmx request. */
interface Context {
  sourceElement: Element;
  request: { method: string; headers: Record<string, string> };
  fetch: (...asked: Parameters<typeof fetch>) => Promise<Response>;
}

/** htmx decides once whether an element is boosted; a morph may then change its attributes. */
const NOT_BOOSTED = 'a[hx-boost="false"], a[download]';
const EVENTS = "[hx-sse\\:connect]";

/**
 * htmx swaps any response into the page as HTML. This lets it have HTML only, and event streams for live
 * answers. Links to anything else are followed by the browser itself.
 */
export function onlyPages(): void {
  on("htmx:config:request", (ctx, event) => {
    const link = ctx.sourceElement;
    if (!(link instanceof HTMLAnchorElement) || !link.matches(NOT_BOOSTED)) return;
    event.preventDefault();
    location.assign(link.href);
  });
  on("htmx:before:request", (ctx) => {
    ctx.fetch = (...asked) => fetchPage(ctx, ...asked);
  });
}

function on(name: string, then: (ctx: Context, event: Event) => void): void {
  document.addEventListener(name, (event) => {
    then((event as CustomEvent<{ ctx: Context }>).detail.ctx, event);
  });
}

async function fetchPage(
  { sourceElement, request }: Context,
  ...asked: Parameters<typeof fetch>
): Promise<Response> {
  const response = await fetch(...asked);
  const wanted = sourceElement.matches(EVENTS) ? "text/event-stream" : "text/html";
  const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type === wanted) return response;
  void response.body?.cancel();
  const isLink = request.headers["HX-Boosted"] && (request.method === "GET" || response.redirected);
  if (!isLink) throw new Error(`expected ${wanted}, received ${type ?? "no type"}`);
  location.assign(response.url);
  // htmx ignores an abort.
  throw new DOMException("left to the browser", "AbortError");
}
