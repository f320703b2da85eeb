/**
 * What the full-text index is given, and how it is asked. SQLite's tokenizer parts text at spaces and signs,
 * folds case and takes accents away; text that knows no spaces is cut into pairs of characters here, in the
 * same way for what is indexed and for what is looked for.
 */

import { POINTS, UNSPACED } from "~/shared/writing-systems";

/** Words that have to stand in a text, in this order and side by side. */
export interface SearchWords {
  text: string;
  /** The last of them may be the beginning of a longer one. */
  prefix: boolean;
}

/** Characters that no person writes (Unicode's private use) begin the terms that stand for properties. */
const TERMS = { owner: "\uE001", conversation: "\uE002", model: "\uE003" } as const;
const CODE = "\uE004";
const FILE = "\uE005";
/** Stands in for ASCII signs in a term, which the tokenizer would part. */
const SIGNS = 0xe100;

const UNSPACED_RUN = new RegExp(`${UNSPACED}+`, "gu");
const UNSPACED_END = new RegExp(`${UNSPACED}$`, "u");
const ALL_POINTS = new RegExp(POINTS, "g");
const PRIVATE = /[\uE000-\uF8FF]/g;
const ASCII = /^[\0-\x7F]*$/;
const FENCE = /^ {0,3}(?:`{3}|~{3})/m;

/** What search can ask of a message or a title beside its words. */
export interface Properties {
  ownerId: string;
  conversationId: string;
  /** Only of answers. */
  model?: string | null;
  file?: boolean;
}

/** The text that stands in the index for a message or a title. */
export function indexedText(text: string, properties: Properties): string {
  const terms = [
    ownerTerm(properties.ownerId),
    conversationTerm(properties.conversationId),
    ...(properties.model ? [modelTerm(properties.model)] : []),
    ...(FENCE.test(text) ? [CODE] : []),
    ...(properties.file ? [FILE] : []),
  ];
  return `${parted(text, true)} ${terms.join(" ")}`;
}

export const CODE_TERM = `"${CODE}"`;
export const FILE_TERM = `"${FILE}"`;

/** The expression for words, or undefined where the text has nothing that could be looked for. */
export function expressionOf({ text, prefix }: SearchWords): string | undefined {
  // A zero would end the expression, a quotation mark the words.
  const plain = text.replace(/["\p{Cc}\p{Co}]/gu, " ").replace(/[^\p{L}\p{N}\p{M}]+$/u, "");
  if (plain === "") return undefined;
  const pairs = parted(plain, false).trim();
  // A single character of a text without spaces is the first of a pair, or the last of a text.
  const single = /(?:^|\s)\S$/u.test(pairs) && UNSPACED_END.test(pairs);
  return quoted(pairs) + (prefix || single ? " *" : "");
}

export const ownerTerm = (ownerId: string) => TERMS.owner + term(ownerId);
/** The end of a UUID is its random part; the rest would make the index larger and tell nothing more. */
export const conversationTerm = (id: string) => TERMS.conversation + term(id.slice(-12));
export const modelTerm = (model: string) => TERMS.model + term(model);

/** A term or words as the query language takes them literally. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function term(value: string): string {
  return value.replace(/[^\p{L}\p{N}]/gu, (sign) =>
    String.fromCharCode(SIGNS + ((sign.codePointAt(0) ?? 0) & 0xff)),
  );
}

/**
 * Text with its unspaced parts as overlapping pairs. In the index each part ends with its last character
 * alone; in a query the last part does not, since the text may go on where the query ends.
 */
function parted(text: string, whole: boolean): string {
  if (ASCII.test(text)) return text;
  const plain = text.normalize("NFKC").replace(PRIVATE, " ").replace(ALL_POINTS, "");
  return plain.replace(UNSPACED_RUN, (run, at: number) => {
    const ends = !whole && at + run.length === plain.length;
    return ` ${pairsOf([...run], !ends)} `;
  });
}

function pairsOf(characters: string[], withLast: boolean): string {
  const pairs = characters.map((character, at) => character + (characters[at + 1] ?? ""));
  return (withLast || pairs.length === 1 ? pairs : pairs.slice(0, -1)).join(" ");
}
