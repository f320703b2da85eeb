import { MADE_TITLE_BYTES } from "~/limits";

/** A title made by a program is cut at about this length, so that the list stays a list. */
const MADE_TITLE_CHARACTERS = 60;

/**
 * How much a model is shown to find a title. Little, since a prompt that comes meanwhile waits until it has been
 * read; the beginning says what a conversation is about.
 */
const SHOWN_OF_PROMPT = 300;
const SHOWN_OF_ANSWER = 200;

/** What a model is asked for a title. */
export function titlePrompt(prompt: string, answer: string): string {
  return `Name this conversation in two to six words, in its own language. Reply with the name alone.

The question:
${beginning(prompt, SHOWN_OF_PROMPT)}

The answer:
${beginning(answer, SHOWN_OF_ANSWER)}`;
}

/** A text that was cut off, without its last word; a single word stays. */
export function wholeWords(written: string): string {
  const text = written.trimEnd();
  const lastSpace = text.search(/\s\S*$/);
  return lastSpace > 0 ? text.slice(0, lastSpace) : text;
}

/** The title in what a model has written, without all that models put around one; undefined where there is none. */
export function titleIn(written: string): string | undefined {
  const lines = written
    .slice(0, MADE_TITLE_BYTES)
    .replace(/<think(ing)?>.*?(<\/think(ing)?>|$)/gis, "")
    .split("\n");
  const titles = lines.map(bare).filter((line) => /[\p{L}\p{N}]/u.test(line));
  // "Here is a title:" comes before one.
  const title = titles.find((line) => !/[:：]$/.test(line));
  return title && cutAtWord(title);
}

/** A text on one line, cut at a word where it is too long for a list. */
export function cutAtWord(line: string): string {
  const characters = [...line];
  if (characters.length <= MADE_TITLE_CHARACTERS) return line;
  const cut = characters.slice(0, MADE_TITLE_CHARACTERS).join("");
  const word = cut.lastIndexOf(" ");
  return `${(word > MADE_TITLE_CHARACTERS / 2 ? cut.slice(0, word) : cut).trimEnd()}…`;
}

/** "Title" in the languages in which models like to say it. */
const LABEL =
  /^(conversation |chat )?(title|name|titel|titre|t[ií]tulo|titolo|标题|標題|タイトル|제목|название|заголовок)\s*[:：-]\s*/i;
const MARKUP = /^(#{1,6}\s+|>\s*|[-*+•]\s+|\d+[.)]\s+)/;
const AROUND = /^[\s"'`*_“”„‟«»‹›「」『』《》‘’]+|[\s"'`*_“”„‟«»‹›「」『』《》‘’]+$/g;
const FULL_STOP = /(?<![.…])[.。．｡]$/;

/** A title and all that stands around it is shorter; the patterns above are slow on long lines. */
const LOOKED_AT = 256;

/** A line without markup, label, quotation marks and full stop, in whatever order they stand around it. */
function bare(line: string): string {
  let text = line.slice(0, LOOKED_AT).replace(/\s+/g, " ");
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(MARKUP, "").replace(AROUND, "").replace(LABEL, "").replace(FULL_STOP, "");
  }
  return text;
}

function beginning(text: string, most: number): string {
  const shown = text.slice(0, most * 2).trim();
  return shown.length <= most ? shown : `${shown.slice(0, most)}…`;
}
