import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server.browser";

/** Smaller pages hardly shrink. */
const COMPRESSED_FROM_BYTES = 1_400;

/** Nothing inline or remote: an image in an answer could leak the conversation to its server. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** htmx swaps any response into the page as HTML, and an uploaded file must never act as a page. */
const SWAPPABLE = /^text\/(html|event-stream)\s*(;|$)/i;

/** Compresses a page if the browser accepts it; not streams, which compression would delay. */
export function compressed(response: Response, request: Request): Response {
  const { headers, body } = response;
  const isPage = /^(text\/html|application\/json)/.test(headers.get("content-type") ?? "");
  const streams = headers.get("x-accel-buffering") === "no";
  const length = Number(headers.get("content-length") ?? COMPRESSED_FROM_BYTES);
  const accepts = /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "");
  if (!isPage || streams || !body || !accepts || length < COMPRESSED_FROM_BYTES) return response;
  headers.set("Content-Encoding", "gzip");
  headers.append("Vary", "Accept-Encoding");
  headers.delete("Content-Length");
  return new Response(body.pipeThrough(new CompressionStream("gzip")), response);
}

/** Sets the security headers; `secure` if the browser uses TLS. */
export function secured(response: Response, secure: boolean): Response {
  const { headers } = response;
  if (!headers.has("Content-Security-Policy")) headers.set("Content-Security-Policy", POLICY);
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "same-origin");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  if (secure) {
    headers.set("Strict-Transport-Security", "max-age=31536000");
    // Over plain HTTP browsers ignore it and warn on the console.
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
  }
  return response;
}

export function isFromHtmx(request: Request): boolean {
  return request.headers.has("hx-request");
}

/** The response, or 406 if htmx asked for something other than HTML or an event stream. */
export function swappable(request: Request, response: Response): Response {
  const { status, headers, body } = response;
  const isRedirect = status >= 300 && status < 400;
  if (isRedirect || SWAPPABLE.test(headers.get("content-type") ?? "")) return response;
  // htmx must not get a cached copy of the file either.
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

/** A part of a page, for script to swap in. */
export function fragment(element: ReactElement): Response {
  return new Response(renderToStaticMarkup(element), {
    headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
  });
}
