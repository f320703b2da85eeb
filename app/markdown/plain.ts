import { FORMATTED_CHARACTERS } from "~/limits";

const WORD_ABOUT_IT =
  '<p class="plain-note">The rest of this answer is too long to format; it is shown as plain text.</p>';

/** How far before the limit the end of a line is looked for. */
const NEAR_LIMIT = 4 * 1024;
/** Plain text becomes blocks of about this size, so that only the last one is sent anew while it grows. */
const CHUNK = 16 * 1024;

/** From here on an answer is formatted only up to the end of its last whole line. */
export const WHOLE_LINES_FROM = FORMATTED_CHARACTERS - NEAR_LIMIT;

/** The place in a normalized text up to which it is formatted: behind a line where there is one near the limit. */
export function formattedEnd(text: string): number {
  if (text.length <= FORMATTED_CHARACTERS) return text.length;
  const line = text.lastIndexOf("\n", FORMATTED_CHARACTERS - 1) + 1;
  return line >= WHOLE_LINES_FROM ? line : characterEnd(text, FORMATTED_CHARACTERS);
}

/** Text that is shown as it is. It grows like an answer: chunks that are full are closed. */
export class PlainText {
  #text = "";
  #note: string;

  /** `told`: it begins with a word about it. */
  constructor(told: boolean) {
    this.#note = told ? WORD_ABOUT_IT : "";
  }

  /** Adds text and gives the HTML of each chunk that it fills. */
  take(text: string): string[] {
    this.#text += text;
    const full: string[] = [];
    let from = 0;
    while (this.#text.length - from > CHUNK) {
      const line = this.#text.lastIndexOf("\n", from + CHUNK - 1) + 1;
      const end = line > from ? line : characterEnd(this.#text, from + CHUNK);
      full.push(this.#html(this.#text.slice(from, line > from ? end - 1 : end)));
      this.#note = "";
      from = end;
    }
    this.#text = this.#text.slice(from);
    return full;
  }

  /** What is in no full chunk. */
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

/** This place, or the one before where it lies between the halves of a character. */
export function characterEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
