import { type Growth, growth, placesToGrow } from "./growth";
import { tagsOf } from "./tags";

/** One swap: `html` added to, or put in place of, the content of the element that `depth` names. */
export interface Change extends Growth {
  swap: "beforeend" | "innerHTML";
}

/** The content of an element: where it begins and ends. */
interface Content {
  from: number;
  to: number;
}

/**
 * The few small swaps that make `after` of `before`, in order; all name their element as it was before the
 * first. The innermost last child that is still there gets its new content, and each element around it
 * what has come behind that child: a word that turns bold costs its list item, not the list.
 */
export function changes(before: string, after: string): Change[] {
  if (before === after) return [];
  const grown = growth(before, after);
  if (grown !== null) return [{ ...grown, swap: "beforeend" }];
  const olds = lastChildren(before);
  const news = sameElements(after, sharedStarts(before, after, olds));
  let swaps: Change[] = [];
  for (let depth = news.length - 1; depth >= 0; depth--) {
    const old = olds[depth];
    const now = news[depth];
    if (old === undefined || now === undefined) continue;
    // Behind a child that was dealt with, what is left begins with the closing tag of that child.
    const isInnermost = depth === news.length - 1;
    const was = before.slice(isInnermost ? old.from : olds[depth + 1]?.to, old.to);
    const is = after.slice(isInnermost ? now.from : news[depth + 1]?.to, now.to);
    if (is === was) continue;
    if (is.startsWith(was)) swaps.push({ depth, swap: "beforeend", html: is.slice(was.length) });
    else swaps = [{ depth, swap: "innerHTML", html: after.slice(now.from, now.to) }];
  }
  return swaps;
}

/** The container, its last child, that one's last child and so on. */
function lastChildren(html: string): Content[] {
  const ends = placesToGrow(html);
  const contents: Content[] = [{ from: 0, to: html.length }];
  for (const content of contentsOf(html)) {
    if (ends[content.depth] === content.to) contents[content.depth] = content;
  }
  return contents;
}

/** Where the contents begin of those last children whose tags `after` has at the same places. */
function sharedStarts(before: string, after: string, olds: Content[]): number[] {
  const starts = olds.map(({ from }) => from);
  const end = starts.findIndex((from) => !after.startsWith(before.slice(0, from)));
  return end === -1 ? starts : starts.slice(0, end);
}

/** The same elements by where their content begins, with where it ends now. */
function sameElements(html: string, starts: number[]): Content[] {
  const contents: Content[] = [{ from: 0, to: html.length }];
  for (const content of contentsOf(html)) {
    if (starts[content.depth] === content.from) contents[content.depth] = content;
  }
  return contents;
}

/** The content of each element, and how deep it lies. */
function* contentsOf(html: string): Generator<Content & { depth: number }, void> {
  const open: number[] = [];
  for (const { kind, at, after } of tagsOf(html)) {
    if (kind === "open") open.push(after);
    if (kind !== "close") continue;
    const from = open.pop() ?? 0;
    yield { from, to: at, depth: open.length + 1 };
  }
}
