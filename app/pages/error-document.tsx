import { renderToStaticMarkup } from "react-dom/server.browser";
import { ErrorPage } from "~/components/error-page";
import type { StatedProblem } from "~/http/request-handler";

/** The page for a request that was refused before Remix; without the sidebar, since it may come from another site. */
export function errorDocument(
  { status, ...problem }: StatedProblem,
  { base, styles }: { base: string; styles: string | undefined },
): Response {
  const html = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${status} · Parley`}</title>
        {styles ? <link rel="stylesheet" href={`${base}${styles}`} /> : null}
      </head>
      <body>
        <main className="page">
          <ErrorPage status={status} home={`${base}/`} problem={problem} />
        </main>
      </body>
    </html>,
  );
  return new Response(`<!doctype html>${html}`, {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      ...(status === 405 ? { Allow: "GET, HEAD, POST" } : {}),
    },
  });
}
