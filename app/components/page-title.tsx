import { createElement } from "react";

/** A new title for a page that is open: its h1, and what the browser calls it. */
export function PageTitle({ title }: { title: string }) {
  return (
    <>
      <title>{`${title} · Parley`}</title>
      {createElement("hx-partial", { "hx-target": "#title", "hx-swap": "textContent" }, title)}
    </>
  );
}
