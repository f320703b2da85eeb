import type { Token } from "markdown-it";
import { codeFrame, FRAME_FOOT, fenceLanguage, frameHead } from "./code";
import { escapeHtml } from "./escape";
import { GrowingText } from "./growing-text";
import { parser } from "./parser";

/**
 * A fence at the top level that is still open. Nothing is parsed again here: new lines are looked at once,
 * for the closing one, and only new text is escaped, so that the longest code costs its length.
 */
export class OpenFence {
  readonly #language: string;
  readonly #indent: number;
  readonly #closing: RegExp;
  readonly #maybeClosing: RegExp;
  readonly #code = new GrowingText();
  readonly #html = new GrowingText();
  /** The line that has no line break yet. */
  #line = "";
  #lines = 1;

  /** `fence` is the token of the opening line, `openingLine` its source. */
  constructor(fence: Token, openingLine: string) {
    const mark = fence.markup.charAt(0);
    this.#language = fenceLanguage(parser(), fence.info);
    this.#indent = openingLine.length - openingLine.trimStart().length;
    this.#closing = new RegExp(`^ {0,3}${mark}{${fence.markup.length},}[ \\t]*$`);
    this.#maybeClosing = new RegExp(`^ {0,3}${mark}*[ \\t]*$`);
    this.#html.add(frameHead(this.#language));
  }

  /** Takes more text; returns what follows the closing line once that has come, else null. */
  take(text: string): string | null {
    const rest = this.#line + text;
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
    this.#line = rest.slice(from);
    return null;
  }

  /** The number of lines so far, with both fence lines. */
  get lines(): number {
    return this.#lines;
  }

  /** What is not shown yet: a last line that may become the closing one. */
  get hidden(): string {
    return this.#maybeClosing.test(this.#line) ? this.#line : "";
  }

  /** The frame with the code so far, plain. */
  html(): string {
    const line = this.hidden === "" ? escapeHtml(this.#dedented(this.#line)) : "";
    return `${this.#html}${line}${FRAME_FOOT}`;
  }

  /** The frame as it stays, once the closing line has come. */
  finalHtml(): string {
    return codeFrame(this.#code.toString(), this.#language, true);
  }

  /** Without the opening line's indentation, as CommonMark has it; a tab counts up to the fourth column. */
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
