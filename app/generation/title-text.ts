import { MADE_TITLE_BYTES } from "~/limits";

const MADE_TITLE_CHARACTERS = 60;

/** Short, since a prompt that arrives meanwhile has to wait. */
const SHOWN_OF_PROMPT = 300;
const SHOWN_OF_ANSWER = 200;

export function titlePrompt(prompt: string, answer: string): string {
  return `Name this conversation in two to six words, in its own language. Reply with the name alone.

The question:
${beginning(prompt, SHOWN_OF_PROMPT)}

The answer:
${beginning(answer, SHOWN_OF_ANSWER)}`;
}

export function wholeWords(written: string): string {
  const text = written.trimEnd();
  const lastSpace = text.search(/\s\S*$/);
  return lastSpace > 0 ? text.slice(0, lastSpace) : text;
}

/** The title in a model's output, without quotes, labels and the like. */
export function titleIn(written: string): string | undefined {
  const lines = written
    .slice(0, MADE_TITLE_BYTES)
    .replace(/<think(ing)?>.*?(<\/think(ing)?>|$)/gis, "")
    .split("\n");
  const titles = lines.map(bare).filter((line) => /[\p{L}\p{N}]/u.test(line));
  // A line such as "Here is a title:" comes before it.
  const title = titles.find((line) => !/[:：]$/.test(line));
  return title && cutAtWord(title);
}

export function cutAtWord(line: string): string {
  const characters = [...line];
  if (characters.length <= MADE_TITLE_CHARACTERS) return line;
  const cut = characters.slice(0, MADE_TITLE_CHARACTERS).join("");
  const word = cut.lastIndexOf(" ");
  return `${(word > MADE_TITLE_CHARACTERS / 2 ? cut.slice(0, word) : cut).trimEnd()}…`;
}

const LABEL =
  /^(conversation |chat )?(title|name|titel|titre|t[ií]tulo|titolo|标题|標題|タイトル|제목|название|заголовок)\s*[:：-]\s*/i;
const MARKUP = /^(#{1,6}\s+|>\s*|[-*+•]\s+|\d+[.)]\s+)/;
const AROUND = /^[\s"'`*_“”„‟«»‹›「」『』《》‘’]+|[\s"'`*_“”„‟«»‹›「」『』《》‘’]+$/g;
const FULL_STOP = /(?<![.…])[.。．｡]$/;

/** Longer lines are no titles, and the patterns are slow on them. */
const LOOKED_AT = 256;

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
