import { FORMATTED_CHARACTERS } from "~/limits";

const NOTE =
  '<p class="plain-note">The rest of this answer is too long to format; it is shown as plain text.</p>';

/** Plain text is split into blocks of about this size, so that only the last one is sent again while it grows. */
const BLOCK_CHARACTERS = 16 * 1024;

/** From here on an answer is formatted by whole lines only. */
export const WHOLE_LINES_FROM = FORMATTED_CHARACTERS - 4 * 1024;

/** Where formatting of a normalized text ends: after a line if one ends near the limit. */
export function formattedEnd(text: string): number {
  if (text.length <= FORMATTED_CHARACTERS) return text.length;
  const line = text.lastIndexOf("\n", FORMATTED_CHARACTERS - 1) + 1;
  return line >= WHOLE_LINES_FROM ? line : characterEnd(text, FORMATTED_CHARACTERS);
}

export class PlainText {
  #text = "";
  #note: string;

  constructor(withNote: boolean) {
    this.#note = withNote ? NOTE : "";
  }

  append(text: string): string[] {
    this.#text += text;
    const full: string[] = [];
    let from = 0;
    while (this.#text.length - from > BLOCK_CHARACTERS) {
      const line = this.#text.lastIndexOf("\n", from + BLOCK_CHARACTERS - 1) + 1;
      const end = line > from ? line : characterEnd(this.#text, from + BLOCK_CHARACTERS);
      full.push(this.#html(this.#text.slice(from, line > from ? end - 1 : end)));
      this.#note = "";
      from = end;
    }
    this.#text = this.#text.slice(from);
    return full;
  }

  get tail(): string {
    return this.#text;
  }

  tailHtml(): string {
    return this.#text === "" ? "" : this.#html(this.#text);
  }

  #html(text: string): string {
    return `${this.#note}<p class="plain">${Bun.escapeHTML(text)}</p>`;
  }
}

/** `at`, or the position before if `at` would split a character. */
export function characterEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
