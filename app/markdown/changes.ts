export interface Change extends Addition {
  swap: "beforeend" | "innerHTML";
}

/** HTML for the end of an element: depth 0 is the container, 1 its last child, 2 the last child of that, and so on. */
export interface Addition {
  depth: number;
  html: string;
}

interface Content {
  from: number;
  to: number;
}

/** Small swaps that turn `before` into `after`, by depth in `before`: a bold word costs its list item, not the list. */
export function changes(before: string, after: string): Change[] {
  if (before === after) return [];
  const added = addition(before, after);
  if (added !== null) return [{ ...added, swap: "beforeend" }];
  const olds = lastChildren(before);
  const news = sameElements(after, sharedStarts(before, after, olds));
  let swaps: Change[] = [];
  for (let depth = news.length - 1; depth >= 0; depth--) {
    const old = olds[depth];
    const now = news[depth];
    if (old === undefined || now === undefined) continue;
    // After a child that has its own swap, the rest begins with the closing tag of that child.
    const isInnermost = depth === news.length - 1;
    const was = before.slice(isInnermost ? old.from : olds[depth + 1]?.to, old.to);
    const is = after.slice(isInnermost ? now.from : news[depth + 1]?.to, now.to);
    if (is === was) continue;
    if (is.startsWith(was)) swaps.push({ depth, swap: "beforeend", html: is.slice(was.length) });
    else swaps = [{ depth, swap: "innerHTML", html: after.slice(now.from, now.to) }];
  }
  return swaps;
}

/** The balanced HTML which, added at the end of one element, turns `before` into `after`; null if there is none. */
export function addition(before: string, after: string): Addition | null {
  const added = after.length - before.length;
  if (added <= 0) return null;
  const ends = lastChildEnds(before);
  let checked = 0;
  for (let depth = ends.length - 1; depth >= 0; depth--) {
    const at = ends[depth] ?? before.length;
    if (!after.startsWith(before.slice(checked, at), checked)) return null;
    checked = at;
    const html = after.slice(at, at + added);
    if (after.endsWith(before.slice(at)) && isBalanced(html) && !splitsCharacter(after, at)) {
      return { depth, html };
    }
  }
  return null;
}

const LAST_CLOSING_TAG = /<\/([a-zA-Z][^\s/>]*)\s*>\s*$/;
const MAX_CLOSING_TAG_CHARACTERS = 64;

/** Where the content of each last child ends; without MathML, since additions to it would be parsed as HTML. */
function lastChildEnds(html: string): number[] {
  const ends = [html.length];
  let end = html.length;
  for (;;) {
    const from = Math.max(0, end - MAX_CLOSING_TAG_CHARACTERS);
    const match = LAST_CLOSING_TAG.exec(html.slice(from, end));
    if (match === null || FOREIGN.has(match[1] ?? "")) return ends;
    end = from + match.index;
    ends.push(end);
  }
}

function isBalanced(html: string): boolean {
  if (!html.includes("<")) return true;
  const open: string[] = [];
  for (const { kind, name } of tags(html)) {
    if (kind === "open") open.push(name);
    else if (kind === "close" && open.pop() !== name) return false;
  }
  return open.length === 0;
}

function splitsCharacter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}

function lastChildren(html: string): Content[] {
  const ends = lastChildEnds(html);
  const found: Content[] = [{ from: 0, to: html.length }];
  for (const content of contents(html)) {
    if (ends[content.depth] === content.to) found[content.depth] = content;
  }
  return found;
}

function sharedStarts(before: string, after: string, olds: Content[]): number[] {
  const starts = olds.map(({ from }) => from);
  const end = starts.findIndex((from) => !after.startsWith(before.slice(0, from)));
  return end === -1 ? starts : starts.slice(0, end);
}

function sameElements(html: string, starts: number[]): Content[] {
  const found: Content[] = [{ from: 0, to: html.length }];
  for (const content of contents(html)) {
    if (starts[content.depth] === content.from) found[content.depth] = content;
  }
  return found;
}

function* contents(html: string): Generator<Content & { depth: number }, void> {
  const open: number[] = [];
  for (const { kind, at, end } of tags(html)) {
    if (kind === "open") open.push(end);
    if (kind !== "close") continue;
    const from = open.pop() ?? 0;
    yield { from, to: at, depth: open.length + 1 };
  }
}

const TAG = /<(\/?)([a-zA-Z][^\s/>]*)(?:"[^"]*"|'[^']*'|[^"'>])*>/g;
const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
/** Part of their content would be parsed differently on its own. */
const FOREIGN = new Set(["math", "svg"]);

interface Tag {
  kind: "open" | "close" | "empty";
  name: string;
  at: number;
  end: number;
}

function* tags(html: string): Generator<Tag, void> {
  for (const match of html.matchAll(TAG)) {
    const [text, slash, name = ""] = match;
    const isEmpty = VOID.has(name) || text.endsWith("/>");
    const kind = slash === "/" ? "close" : isEmpty ? "empty" : "open";
    yield { kind, name, at: match.index, end: match.index + text.length };
  }
}
