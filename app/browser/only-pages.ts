/** What htmx says of a request. */
interface Context {
  sourceElement: Element;
  request: { method: string; headers: Record<string, string> };
  fetch: (...asked: Parameters<typeof fetch>) => Promise<Response>;
}

/** Links that htmx never follows. A morph can turn one that it does follow into one of these. */
const LEFT_ALONE = 'a[hx-boost="false"], a[download]';
const EVENTS = "[hx-sse\\:connect]";

/**
 * htmx puts whatever comes into the page as HTML. It gets pages only, and events where a live answer asks for
 * them: a link to anything else is the browser's own to follow.
 */
export function onlyPages(): void {
  on("htmx:config:request", (ctx, event) => {
    const link = ctx.sourceElement;
    if (!(link instanceof HTMLAnchorElement) || !link.matches(LEFT_ALONE)) return;
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
  if (!isLink) throw new Error(`${wanted} was asked for, and ${type ?? "nothing"} came`);
  location.assign(response.url);
  throw new DOMException("The browser follows the link itself.", "AbortError");
}
