/**
 * htmx swaps any response into the page as HTML, whatever its type. Responses other than pages, fragments and
 * event streams are therefore refused to htmx: an uploaded file must never act as a page.
 */

const SWAPPABLE = /^text\/(html|event-stream)\s*(;|$)/i;

/** Whether htmx sent the request. */
export function isFromHtmx(request: Request): boolean {
  return request.headers.has("hx-request");
}

/** The response, or 406 if htmx asked for something that is not HTML or an event stream. */
export function swappable(request: Request, response: Response): Response {
  const { status, headers, body } = response;
  const isRedirect = status >= 300 && status < 400;
  if (isRedirect || SWAPPABLE.test(headers.get("content-type") ?? "")) return response;
  // A cached copy of the file must not be given to htmx either.
  headers.append("Vary", "HX-Request");
  if (!isFromHtmx(request)) return response;
  void body?.cancel();
  return new Response("This address is a file, not a page. Open it directly.\n", {
    status: 406,
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": "no-store",
      Vary: "HX-Request",
    },
  });
}
