import type { Change } from "../changes";

const VOID = /^(?:br|hr|input)$/;

/** The page after these changes, which name elements as `:last-child` of each other. */
export function applyChanges(html: string, changes: readonly Change[]): string {
  return changes.reduce((page, { depth, swap, html: added }) => {
    const end = lastChildEnds(page)[depth];
    if (end === undefined) throw new Error(`no element at depth ${depth} of ${page}`);
    const from = swap === "beforeend" ? end : contentStart(page, end);
    return page.slice(0, from) + added + page.slice(end);
  }, html);
}

/** Where the content ends: of the page, of its last child, and so on; counted backwards from the end. */
function lastChildEnds(html: string): number[] {
  const ends = [html.length];
  for (let end = html.length; ; ) {
    const match = /<\/[a-z0-9]+>\s*$/.exec(html.slice(0, end));
    if (match === null) return ends;
    end = match.index;
    ends.push(end);
  }
}

/** Where the content begins whose end is given: after the nearest tag that is not closed before it. */
function contentStart(html: string, end: number): number {
  const tags = [...html.slice(0, end).matchAll(/<(\/?)([a-z0-9]+)((?:"[^"]*"|[^">])*)>/g)];
  let depth = 0;
  for (const { 0: tag, 1: slash, 2: name = "", 3: attributes = "", index } of tags.reverse()) {
    if (VOID.test(name) || attributes.endsWith("/")) continue;
    if (slash === "/") depth++;
    else if (depth-- === 0) return index + tag.length;
  }
  return 0;
}
