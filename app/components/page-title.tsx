import { createElement } from "react";

/** Replaces the title of an open page: its h1 and the document's title. */
export function PageTitle({ title }: { title: string }) {
  return (
    <>
      <title>{`${title} · Parley`}</title>
      {createElement("hx-partial", { "hx-target": "#title", "hx-swap": "textContent" }, title)}
    </>
  );
}
