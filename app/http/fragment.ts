import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server.browser";

/** A part of a page, for script to put in the place of the one that is there. */
export function fragment(element: ReactElement): Response {
  return new Response(renderToStaticMarkup(element), {
    headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
  });
}
