import { type Growth, growth, placesToGrow } from "./growth";
import { tagsOf } from "./tags";

/** How to bring a page up to date: `html` for the element `depth` levels down the path of last children. */
export interface Change extends Growth {
  swap: "beforeend" | "innerHTML";
}

/** The content of an element on that path: where it begins and ends. */
interface Content {
  from: number;
  to: number;
}

/**
 * The smallest change that makes `after` of `before`: an addition where that is possible, else new content
 * for the innermost last child that both share. A word that turns bold then costs its list item, not the
 * list.
 */
export function change(before: string, after: string): Change {
  const grown = growth(before, after);
  if (grown !== null) return { ...grown, swap: "beforeend" };
  const old = lastChildren(before);
  let found = { depth: 0, swap: "innerHTML" as const, html: after };
  for (const [depth, { from, to }] of lastChildren(after).entries()) {
    const same = old[depth];
    if (same?.from !== from || !after.startsWith(before.slice(0, from))) break;
    const fits = before.slice(same.to) === after.slice(to);
    if (fits) found = { depth, swap: "innerHTML", html: after.slice(from, to) };
  }
  return found;
}

/** The container, its last child, that one's last child and so on. */
function lastChildren(html: string): Content[] {
  const ends = placesToGrow(html);
  const contents: Content[] = [{ from: 0, to: html.length }];
  const open: number[] = [];
  for (const { kind, at, after } of tagsOf(html)) {
    if (kind === "open") open.push(after);
    if (kind !== "close") continue;
    const from = open.pop() ?? 0;
    const depth = open.length + 1;
    if (ends[depth] === at) contents[depth] = { from, to: at };
  }
  return contents;
}
