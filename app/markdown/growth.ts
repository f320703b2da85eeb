import { isForeign, tagsOf } from "./tags";

/** New HTML for the end of the element `depth` levels down the path of last children; 0 is the container. */
export interface Growth {
  depth: number;
  html: string;
}

/**
 * How `after` can be had from `before` by adding balanced HTML at the end of one element on the path of
 * last children; null where only replacing does. Inserting before the tags that close `before` is the
 * only way to grow it, so each place among those tags is tried, from the innermost outwards.
 */
export function growth(before: string, after: string): Growth | null {
  const added = after.length - before.length;
  if (added <= 0) return null;
  const places = placesToGrow(before);
  let checked = 0;
  for (let depth = places.length - 1; depth >= 0; depth--) {
    const at = places[depth] ?? before.length;
    if (!after.startsWith(before.slice(checked, at), checked)) return null;
    checked = at;
    const html = after.slice(at, at + added);
    if (after.endsWith(before.slice(at)) && isWhole(html) && !isInsideCharacter(after, at)) {
      return { depth, html };
    }
  }
  return null;
}

const LAST_CLOSING_TAG = /<\/([a-zA-Z][^\s/>]*)\s*>\s*$/;
/** No closing tag that Parley writes is longer, with the white space after it. */
const LONGEST_CLOSING_TAG = 64;

/**
 * The end of the HTML, then the end of its last child, of that one's last child and so on. MathML is left
 * out: what is added there would be parsed as HTML.
 */
export function placesToGrow(html: string): number[] {
  const places = [html.length];
  let end = html.length;
  for (;;) {
    const from = Math.max(0, end - LONGEST_CLOSING_TAG);
    const match = LAST_CLOSING_TAG.exec(html.slice(from, end));
    if (match === null || isForeign(match[1] ?? "")) return places;
    end = from + match.index;
    places.push(end);
  }
}

/** True for HTML that stands on its own: every element that begins in it ends in it. */
function isWhole(html: string): boolean {
  if (!html.includes("<")) return true;
  const open: string[] = [];
  for (const { kind, name } of tagsOf(html)) {
    if (kind === "open") open.push(name);
    else if (kind === "close" && open.pop() !== name) return false;
  }
  return open.length === 0;
}

function isInsideCharacter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
