import {
  isRouteErrorResponse,
  Meta,
  type MetaFunction,
  Outlet,
  useMatches,
  useRouteError,
} from "@remix-run/react";
import type { ReactNode } from "react";
import { ErrorPage } from "~/components/error-page";
import type { Problem } from "~/errors";
import { handle } from "~/http/handle";
import { Page, rootView, useRoot } from "~/pages/page";
import stylesheet from "~/tailwind.css";

export const meta: MetaFunction = () => [{ title: "Parley" }];

export const loader = handle(({ context, request, id }) => rootView(context, request, id));

/** The document around every page and every error. No script is inline; the page links its own. */
export function Layout({ children }: { children: ReactNode }) {
  const root = useRoot();
  const base = root?.base ?? "";
  const relies = useMatches().some(({ data }) => reliesOnScript(data));
  return (
    <html
      lang="en"
      className={root?.scripted ? "scripted" : undefined}
      data-theme={root?.theme ?? "default"}
      data-base={`${base}/`}
    >
      <head>
        <meta charSet="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <link rel="icon" type="image/svg+xml" href={`${base}/icon.svg`} />
        <link rel="apple-touch-icon" href={`${base}/apple-touch-icon.png`} />
        <link rel="manifest" href={`${base}/manifest.webmanifest`} />
        <link rel="stylesheet" href={`${base}${stylesheet}`} />
        <meta name="htmx-config" content={HTMX} />
        {root?.scripts.map((src) => (
          <script key={src} type="module" src={src} />
        ))}
        {relies && root ? (
          <noscript>
            <meta httpEquiv="refresh" content={`0; url=${root.withoutScript}`} />
          </noscript>
        ) : null}
      </head>
      <body {...BOOST}>{children}</body>
    </html>
  );
}

/** No inline styles; unfolded details stay open when the page is morphed. */
const HTMX = JSON.stringify({
  includeIndicatorCSS: false,
  morphIgnore: ["data-htmx-powered", "open"],
});

/** With script, links and forms are fetched and morphed into the page; app/browser/live-answer.ts scrolls it. */
const BOOST = {
  "hx-boost:inherited": "true",
  "hx-target:inherited": "body",
  "hx-swap:inherited": "outerMorph show:none",
  // A second click while the first is on its way sends nothing.
  "hx-sync:inherited": "drop",
};

function reliesOnScript(data: unknown): boolean {
  // The data of any route.
  const page = data as { live?: { events?: unknown }; reliesOnScript?: boolean } | null;
  return page?.live?.events !== undefined || page?.reliesOnScript === true;
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  const { base } = useRoot() ?? { base: "" };
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const problem = isRouteErrorResponse(error) && isProblem(error.data) ? error.data : undefined;
  return (
    <Page place="page">
      <ErrorPage status={status} home={`${base}/`} problem={problem} />
    </Page>
  );
}

function isProblem(data: unknown): data is Problem {
  return typeof data === "object" && data !== null && "sentence" in data;
}
