import type { Token } from "markdown-it";
import { codeFrame, FRAME_FOOT, fenceLanguage, frameHead } from "./code";
import { escapeHtml } from "./escape";
import { GrowingText } from "./growing-text";
import { parser } from "./parser";

/** An open fence at the top level. Each line is looked at and escaped once, so that long code takes linear time. */
export class OpenFence {
  readonly #language: string;
  readonly #indent: number;
  readonly #closing: RegExp;
  readonly #maybeClosing: RegExp;
  readonly #code = new GrowingText();
  readonly #html = new GrowingText();
  #lastLine = "";
  #lines = 1;

  constructor(fence: Token, openingLine: string) {
    const mark = fence.markup.charAt(0);
    this.#language = fenceLanguage(parser(), fence.info);
    this.#indent = openingLine.length - openingLine.trimStart().length;
    this.#closing = new RegExp(`^ {0,3}${mark}{${fence.markup.length},}[ \\t]*$`);
    this.#maybeClosing = new RegExp(`^ {0,3}${mark}*[ \\t]*$`);
    this.#html.add(frameHead(this.#language));
  }

  /** Adds text. Returns what follows the closing line, or null while there is none. */
  append(text: string): string | null {
    const rest = this.#lastLine + text;
    let from = 0;
    for (let at = rest.indexOf("\n"); at !== -1; at = rest.indexOf("\n", from)) {
      const line = rest.slice(from, at);
      from = at + 1;
      this.#lines++;
      if (this.#closing.test(line)) return rest.slice(from);
      const code = `${this.#dedented(line)}\n`;
      this.#code.add(code);
      this.#html.add(escapeHtml(code));
    }
    this.#lastLine = rest.slice(from);
    return null;
  }

  /** Lines so far, including those of the fence itself. */
  get lines(): number {
    return this.#lines;
  }

  /** A last line that may become the closing one; it is not shown. */
  get hidden(): string {
    return this.#maybeClosing.test(this.#lastLine) ? this.#lastLine : "";
  }

  html(): string {
    const line = this.hidden === "" ? escapeHtml(this.#dedented(this.#lastLine)) : "";
    return `${this.#html}${line}${FRAME_FOOT}`;
  }

  closedHtml(): string {
    return codeFrame(this.#code.toString(), this.#language, true);
  }

  /** Removes the opening line's indentation, as CommonMark does; a tab reaches to the next fourth column. */
  #dedented(line: string): string {
    let columns = 0;
    let from = 0;
    for (; columns < this.#indent && from < line.length; from++) {
      if (line[from] === " ") columns++;
      else if (line[from] === "\t") columns += 4 - (columns % 4);
      else break;
    }
    return " ".repeat(Math.max(columns - this.#indent, 0)) + line.slice(from);
  }
}
