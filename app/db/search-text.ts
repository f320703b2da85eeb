/** For the full-text index, text without spaces is split into pairs of characters; SQLite's tokenizer does the rest. */

import { INDEXED_CHARACTERS } from "~/limits";
import { POINTS, UNSPACED } from "~/shared/writing-systems";

export interface SearchWords {
  text: string;
  prefix: boolean;
}

/** Private-use characters, which do not occur in text. */
const TERMS = { owner: "\uE001", conversation: "\uE002", model: "\uE003" } as const;
const CODE = "\uE004";
const FILE = "\uE005";
/** Replaces ASCII signs in a term, at which the tokenizer would split. */
const SIGNS = 0xe100;

const UNSPACED_RUN = new RegExp(`${UNSPACED}+`, "gu");
const UNSPACED_END = new RegExp(`${UNSPACED}$`, "u");
const SURROGATE = /[\uD800-\uDFFF]/;
const SPACE = 32;
const UTF16 = new TextDecoder("utf-16le", { ignoreBOM: true });
const ALL_POINTS = new RegExp(POINTS, "g");
const PRIVATE = /[\uE000-\uF8FF]/g;
const ASCII = /^[\0-\x7F]*$/;
const FENCE = /^ {0,3}(?:`{3}|~{3})/m;

export interface Properties {
  ownerId: string;
  conversationId: string;
  model?: string | null;
  file?: boolean;
}

/** What the index stores for a message or a title. */
export function indexedText(text: string, properties: Properties): string {
  const terms = [
    ownerTerm(properties.ownerId),
    conversationTerm(properties.conversationId),
    ...(properties.model ? [modelTerm(properties.model)] : []),
    ...(FENCE.test(text) ? [CODE] : []),
    ...(properties.file ? [FILE] : []),
  ];
  const words = parted(text.slice(0, INDEXED_CHARACTERS), true).slice(0, INDEXED_CHARACTERS);
  return `${words} ${terms.join(" ")}`;
}

export const CODE_TERM = `"${CODE}"`;
export const FILE_TERM = `"${FILE}"`;

/** The query for words, or undefined if the text has none. */
export function expressionOf({ text, prefix }: SearchWords): string | undefined {
  // A NUL would end the query, a quotation mark the phrase.
  const plain = text.replace(/["\p{Cc}\p{Co}]/gu, " ").replace(/[^\p{L}\p{N}\p{M}]+$/u, "");
  if (plain === "") return undefined;
  const pairs = parted(plain, false).trim();
  // A single unspaced character begins a pair or ends a text.
  const single = /(?:^|\s)\S$/u.test(pairs) && UNSPACED_END.test(pairs);
  return quoted(pairs) + (prefix || single ? " *" : "");
}

export const ownerTerm = (ownerId: string) => TERMS.owner + term(ownerId);
/** The end of a UUID is random; the rest would enlarge the index. */
export const conversationTerm = (id: string) => TERMS.conversation + term(id.slice(-12));
export const modelTerm = (model: string) => TERMS.model + term(model);

export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function term(value: string): string {
  return value.replace(/[^\p{L}\p{N}]/gu, (sign) =>
    String.fromCharCode(SIGNS + ((sign.codePointAt(0) ?? 0) & 0xff)),
  );
}

/** Splits unspaced text into overlapping pairs; each part ends with its last character alone if the text is `whole`. */
function parted(text: string, whole: boolean): string {
  if (ASCII.test(text)) return text;
  const plain = text.normalize("NFKC").replace(PRIVATE, " ").replace(ALL_POINTS, "");
  return plain.replace(UNSPACED_RUN, (run, at: number) => {
    const ends = !whole && at + run.length === plain.length;
    return ` ${pairsOf(run, !ends)} `;
  });
}

function pairsOf(run: string, withLast: boolean): string {
  if (!SURROGATE.test(run)) return pairsOfUnits(run, withLast);
  const characters = [...run];
  const pairs = characters.map((character, at) => character + (characters[at + 1] ?? ""));
  return (withLast || pairs.length === 1 ? pairs : pairs.slice(0, -1)).join(" ");
}

/** Writes code units into a buffer: a million short strings would take 100 ms and 40 MB. */
function pairsOfUnits(run: string, withLast: boolean): string {
  const units = new Uint16Array(3 * run.length);
  for (let at = 0; at < run.length; at++) {
    units[3 * at] = run.charCodeAt(at);
    units[3 * at + 1] = run.charCodeAt(at + 1);
    units[3 * at + 2] = SPACE;
  }
  // The last pair is the last character alone.
  const end = withLast || run.length === 1 ? 3 * run.length - 2 : 3 * (run.length - 1) - 1;
  return UTF16.decode(units.subarray(0, end));
}
