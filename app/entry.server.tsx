import type { AppLoadContext, EntryContext, HandleErrorFunction } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
// The plain entry has no renderToReadableStream under Bun.
import { renderToReadableStream } from "react-dom/server.browser";
import { textStream } from "~/live/body";
import { liveDocument } from "~/live/document";
import { withLargeParts } from "~/live/large-parts";

/** Renders a page: whole, or as a document that stays open while its answer is being written. */
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
      // React calls it an error, too, when a whole page is not read to its end.
      if (!whole) context.log.error("rendering failed", { error });
    },
  });
  // Suspense that resolves later would write an inline script.
  await rendered.allReady;
  whole = true;
  headers.set("Content-Type", "text/html; charset=utf-8");
  // A page that is taken from a cache would show an answer as it was: Back asks again.
  headers.set("Cache-Control", "no-store, no-transform");
  const { streamed, largeParts } = context;
  if (!streamed && !largeParts) return new Response(rendered, { status, headers });
  const parts = withLargeParts(await new Response(rendered).text(), largeParts ?? new Map());
  if (!streamed) return new Response(textStream(parts), { status, headers });
  const page = (await Array.fromAsync(parts)).join("");
  const drafts = request.headers.has("sec-fetch-mode");
  headers.set("X-Accel-Buffering", "no");
  // As for an event stream: see live/event-stream.ts.
  headers.set("Connection", "close");
  context.keepOpen();
  const html = liveDocument(page, streamed, drafts, request.signal);
  return new Response(textStream(html), { status, headers });
}

/** Loaders and actions have logged their own faults; what comes here is Remix's, or a fault of rendering. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted) return;
  context.log.warn("request not answered", { url: new URL(request.url).pathname, error });
};
