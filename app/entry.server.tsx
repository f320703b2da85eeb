import type { AppLoadContext, EntryContext, HandleErrorFunction } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
// The plain entry has no renderToReadableStream under Bun.
import { renderToReadableStream } from "react-dom/server.browser";

/** Renders a page whole, or as a document that stays open while its answer is written. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  let whole = false;
  const rendered = await renderToReadableStream(<RemixServer context={remix} url={request.url} />, {
    onError(error) {
      // React also reports when a client disconnects after the whole page was rendered.
      if (!whole) context.log.error("rendering failed", { error });
    },
  });
  // Suspense that resolves later would write an inline script.
  await rendered.allReady;
  whole = true;
  headers.set("Content-Type", "text/html; charset=utf-8");
  // On Back, a cached page would show an outdated answer.
  headers.set("Cache-Control", "no-store, no-transform");
  const { keepOpen } = context;
  return context.body.response(rendered, { status, headers }, { request, keepOpen });
}

/** Logs faults of Remix and of rendering; loaders and actions log their own. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted) return;
  context.log.warn("request not answered", { url: new URL(request.url).pathname, error });
};
