/**
 * Script puts what comes into the page as HTML, whatever it is. So a response that is neither a page (or a
 * part of one) nor the events of a live answer is refused to script: a file must never act as a page.
 */

const SWAPPABLE = /^text\/(html|event-stream)\s*(;|$)/i;

/** Whether script asks, to put what comes into the page. */
export function asksForPage(request: Request): boolean {
  return request.headers.has("hx-request");
}

/** The response, or a refusal where script asks for what is no page. A browser still gets the file itself. */
export function swappable(request: Request, response: Response): Response {
  const { status, headers, body } = response;
  const leadsOn = status >= 300 && status < 400;
  if (leadsOn || SWAPPABLE.test(headers.get("content-type") ?? "")) return response;
  // What a browser keeps of a file is nothing for script either.
  headers.append("Vary", "HX-Request");
  if (!asksForPage(request)) return response;
  void body?.cancel();
  return new Response("This address is a file, not a page: open it by itself.\n", {
    status: 406,
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": "no-store",
      Vary: "HX-Request",
    },
  });
}
