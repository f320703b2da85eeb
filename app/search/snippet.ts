import type { SearchWords } from "~/db/search";
import { POINTS, UNSPACED } from "~/shared/writing-systems";

export interface Segment {
  text: string;
  hit: boolean;
}

/** Characters of a snippet, and of its text before the first hit. */
const SHOWN = 240;
const BEFORE = 60;
/** Long texts are searched in parts, which overlap by more than the length of a hit. */
const PART = 20_000;
const OVERLAP = 1_000;
/** Beyond this, the snippet is the beginning of the text. */
const SEARCHED = 1_000_000;

const WORDLIKE = "[\\p{L}\\p{N}\\p{M}]";
const SIGNS = /[^\p{L}\p{N}\p{M}]+/u;
const UNSPACED_BEGIN = new RegExp(`^${UNSPACED}`, "u");
const UNSPACED_END = new RegExp(`${UNSPACED}\\p{M}*$`, "u");

interface Range {
  from: number;
  to: number;
}

/** A whole title with its hits. */
export function highlight(text: string, words: readonly SearchWords[]): Segment[] {
  return segmentsOf(text, { from: 0, to: text.length }, hitsIn(text, words));
}

/** The text around the first hit, or else its beginning. */
export function snippetOf(text: string, words: readonly SearchWords[]): Segment[] {
  const first = firstHit(text, words) ?? 0;
  const from = wordBegin(text, Math.max(0, first - BEFORE));
  const to = wordEnd(text, Math.min(text.length, from + SHOWN));
  // More than is shown, for hits across an edge.
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
    const begin = characterStart(text, from);
    const [hit] = hitsIn(text.slice(begin, characterStart(text, begin + PART)), words);
    if (hit) return begin + hit.from;
  }
  return undefined;
}

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
  // The longest first, since a regular expression takes the first alternative that matches.
  patterns.sort((one, other) => other.length - one.length);
  return patterns.length === 0 ? undefined : new RegExp(patterns.join("|"), "gu");
}

function wordPattern({ text, prefix }: SearchWords): string | undefined {
  const tokens = fold(text).text.split(SIGNS).filter(Boolean);
  if (tokens.length === 0) return undefined;
  // In scripts without spaces, words may begin and end anywhere.
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

const NEAR = 24;

function wordBegin(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.slice(at, at + NEAR).search(/\s\S/u);
  return space < 0 ? characterStart(text, at) : at + space + 1;
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const near = text.slice(at - NEAR, at);
  const space = near.search(/\s\S*$/u);
  return space < 0 ? characterStart(text, at) : at - NEAR + space;
}

/** Combining marks, low surrogates and emoji joiners. */
const CONTINUES = /\p{M}|\u200D|\uFE0F|[\uDC00-\uDFFF]/u;

/** Without a limit, a text of joiners would take quadratic time. */
const LONGEST_CHARACTER = 64;

function characterStart(text: string, at: number): number {
  const last = Math.min(at, text.length);
  let place = last;
  while (place > 0 && place < text.length && last - place < LONGEST_CHARACTER) {
    if (!CONTINUES.test(text[place] ?? "") && text[place - 1] !== "\u200D") break;
    place -= 1;
  }
  return /[\uDC00-\uDFFF]/.test(text[place] ?? "") ? place - 1 : place;
}

/** Text without case, accents and vowel points, as SQLite's tokenizer indexes it. */
interface Folded {
  text: string;
  /** The place in the original text. */
  origin(at: number): number;
}

const MARKS = new RegExp(`[\\u0300-\\u036F]|${POINTS}`, "g");
const ASCII_ONLY = /^[\0-\x7F]*$/;

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

const foldedCharacters = new Map<string, string>();

function foldedCharacter(character: string): string {
  let folded = foldedCharacters.get(character);
  if (folded === undefined) {
    folded = character.normalize("NFKD").replace(MARKS, "").toLowerCase();
    foldedCharacters.set(character, folded);
  }
  return folded;
}
