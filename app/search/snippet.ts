import type { SearchWords } from "~/db/search";
import { POINTS, UNSPACED } from "~/shared/writing-systems";

/** A segment of a text that was found; `hit` is what was looked for. */
export interface Segment {
  text: string;
  hit: boolean;
}

/** How much of a long text is shown, and how much of that stands before the first hit. */
const SHOWN = 240;
const BEFORE = 60;
/** Long texts are searched in parts, which overlap by more than any hit is long. */
const PART = 20_000;
const OVERLAP = 1_000;
/** A first hit behind this is not looked for: the beginning is shown. */
const SEARCHED = 1_000_000;

const WORDLIKE = "[\\p{L}\\p{N}\\p{M}]";
const SIGNS = /[^\p{L}\p{N}\p{M}]+/u;
const UNSPACED_BEGIN = new RegExp(`^${UNSPACED}`, "u");
const UNSPACED_END = new RegExp(`${UNSPACED}\\p{M}*$`, "u");

interface Range {
  from: number;
  to: number;
}

/** A whole text with its hits set apart: for titles. */
export function marked(text: string, words: readonly SearchWords[]): Segment[] {
  return segmentsOf(text, { from: 0, to: text.length }, hitsIn(text, words));
}

/** What stands around the first hit in a text, with every hit set apart; its beginning where there is none. */
export function snippetOf(text: string, words: readonly SearchWords[]): Segment[] {
  const first = firstHit(text, words) ?? 0;
  const from = wordBegin(text, Math.max(0, first - BEFORE));
  const to = wordEnd(text, Math.min(text.length, from + SHOWN));
  // A little more than is shown, so that a hit at its edge is seen whole.
  const near = { from: Math.max(0, from - BEFORE), to: Math.min(text.length, to + BEFORE) };
  const hits = hitsIn(text.slice(near.from, near.to), words).map((hit) => ({
    from: hit.from + near.from,
    to: hit.to + near.from,
  }));
  const segments = segmentsOf(text, { from, to }, hits).map(({ text, hit }) => ({
    text: text.replace(/\s+/g, " "),
    hit,
  }));
  if (text.slice(0, from).trim() !== "") segments.unshift({ text: "… ", hit: false });
  if (text.slice(to).trim() !== "") segments.push({ text: " …", hit: false });
  return segments;
}

function firstHit(text: string, words: readonly SearchWords[]): number | undefined {
  for (let from = 0; from < Math.min(text.length, SEARCHED); from += PART - OVERLAP) {
    const begin = safe(text, from);
    const [hit] = hitsIn(text.slice(begin, safe(text, begin + PART)), words);
    if (hit) return begin + hit.from;
  }
  return undefined;
}

/** Where the words stand in a text, in order. */
function hitsIn(text: string, words: readonly SearchWords[]): Range[] {
  const pattern = patternOf(words);
  if (!pattern) return [];
  const folded = fold(text);
  return [...folded.text.matchAll(pattern)].map(({ index, 0: hit }) => ({
    from: folded.origin(index),
    to: folded.origin(index + hit.length),
  }));
}

function patternOf(words: readonly SearchWords[]): RegExp | undefined {
  const patterns = words.flatMap((each) => wordPattern(each) ?? []);
  // The longest first: of two words that begin alike the whole one is marked.
  patterns.sort((one, other) => other.length - one.length);
  return patterns.length === 0 ? undefined : new RegExp(patterns.join("|"), "gu");
}

/** Words side by side, whatever signs stand between them. */
function wordPattern({ text, prefix }: SearchWords): string | undefined {
  const tokens = fold(text).text.split(SIGNS).filter(Boolean);
  if (tokens.length === 0) return undefined;
  // Where words are not parted by spaces, one may begin and end anywhere.
  const begins = UNSPACED_BEGIN.test(tokens[0] ?? "");
  const ends = prefix || UNSPACED_END.test(tokens.at(-1) ?? "");
  return (
    (begins ? "" : `(?<!${WORDLIKE})`) + tokens.join(SIGNS.source) + (ends ? "" : `(?!${WORDLIKE})`)
  );
}

function segmentsOf(text: string, shown: Range, hits: readonly Range[]): Segment[] {
  const segments: Segment[] = [];
  let at = shown.from;
  const add = (to: number, hit: boolean) => {
    if (to > at) segments.push({ text: text.slice(at, to), hit });
    at = Math.max(at, to);
  };
  for (const { from, to } of hits) {
    if (to <= shown.from || from >= shown.to) continue;
    add(Math.max(from, at), false);
    add(Math.min(to, shown.to), true);
  }
  add(shown.to, false);
  return segments;
}

/** How far a space is looked for, so that no word is cut. */
const NEAR = 24;

function wordBegin(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.slice(at, at + NEAR).search(/\s\S/u);
  return space < 0 ? safe(text, at) : at + space + 1;
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const near = text.slice(at - NEAR, at);
  const space = near.search(/\s\S*$/u);
  return space < 0 ? safe(text, at) : at - NEAR + space;
}

/** An accent by itself, the second half of a character, or what joins pictures into one. */
const GOES_ON = /\p{M}|\u200D|\uFE0F|[\uDC00-\uDFFF]/u;

/** No character that anybody writes is made of more; without an end, a text of joiners would be walked again and again. */
const LONGEST_CHARACTER = 64;

/** Back to where a character begins, whatever belongs to it. */
function safe(text: string, at: number): number {
  const last = Math.min(at, text.length);
  let place = last;
  while (place > 0 && place < text.length && last - place < LONGEST_CHARACTER) {
    if (!GOES_ON.test(text[place] ?? "") && text[place - 1] !== "\u200D") break;
    place -= 1;
  }
  return /[\uDC00-\uDFFF]/.test(text[place] ?? "") ? place - 1 : place;
}

/**
 * Text as search compares it: without case, accents and vowel points. SQLite's tokenizer does the same for the
 * index; here it is done once more to find in a text what the index has found in it.
 */
interface Folded {
  text: string;
  /** Where a place in `text` is in the text that was folded. */
  origin(at: number): number;
}

const MARKS = new RegExp(`[\\u0300-\\u036F]|${POINTS}`, "g");
const ASCII_ONLY = /^[\0-\x7F]*$/;

/** Folds a text, and keeps in mind where each of its characters came from. */
function fold(text: string): Folded {
  if (ASCII_ONLY.test(text)) return { text: text.toLowerCase(), origin: (at) => at };
  const origins: number[] = [];
  let folded = "";
  let from = 0;
  for (const character of text) {
    const plain = foldedCharacter(character);
    folded += plain;
    for (let unit = 0; unit < plain.length; unit++) origins.push(from);
    from += character.length;
  }
  origins.push(from);
  return { text: folded, origin: (at) => origins[at] ?? text.length };
}

/** A cache of characters. */
const known = new Map<string, string>();

function foldedCharacter(character: string): string {
  let folded = known.get(character);
  if (folded === undefined) {
    folded = character.normalize("NFKD").replace(MARKS, "").toLowerCase();
    known.set(character, folded);
  }
  return folded;
}
