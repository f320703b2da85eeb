import { FORMATTED_BLOCK_CHARACTERS, FORMATTED_CHARACTERS, FORMULAS } from "~/limits";
import { type Block, parseBlocks, renderBlock } from "./blocks";
import { OpenFence } from "./fence";
import { settled } from "./final";
import { GrowingText } from "./growing-text";
import { Lines } from "./lines";
import { Memo } from "./memo";
import type { References } from "./parser";
import { Pieces, withoutUndecided } from "./pieces";
import { characterEnd, PlainText, WHOLE_LINES_FROM } from "./plain";
import { type Known, type Placed, renderBlocksInSteps } from "./render";

/** The whole render, and whether it begins with all closed blocks as they are. */
export interface Finished {
  blocks: string[];
  same: boolean;
}

/** No more is parsed in one turn; a reader who comes late has the rest a moment later. */
const SETTLED_AT_ONCE = 64 * 1024;
const PLAIN_AT_ONCE = 1024 * 1024;

/**
 * An answer while it is written. Top-level blocks that no further text can change are closed and rendered
 * once; the rest is the open tail. `closed`, `tailText` and `tailHtml()` show the state of the last
 * `settle()`. What is too long to format goes on as plain text. Known limit: a link whose definition comes after
 * its block was closed; `finish()` mends it.
 */
export class GrowingMarkdown {
  readonly #closed: string[] = [];
  /** Of each closed block: its lines in the whole text, without blank lines at the end, and its formulas. */
  readonly #sources: { lines: string; formulas: number }[] = [];
  readonly #pieces = new Pieces();
  readonly #memo = new Memo();
  /** All text so far. */
  readonly source = new GrowingText();
  /** How much of the source `settle()` has taken. */
  #settled = 0;
  /** What came close to the limit and is no whole line yet. */
  #held = "";
  /** How much text was formatted, or is about to be. */
  #taken = 0;
  /** How many formulas may still come behind the closed blocks. */
  #formulas = FORMULAS;
  #plain: PlainText | null = null;
  #tail = "";
  /** The line of the whole text at which the tail begins. */
  #tailLine = 0;
  #references: References = {};
  #fence: OpenFence | null = null;
  #openBlocks: Block[] = [];
  #tailHtml: string | null = "";
  #finished: Promise<Finished> | null = null;

  /** Adds the next piece. Nothing is parsed here. */
  append(text: string): void {
    this.source.add(text);
    this.#finished = null;
  }

  /**
   * Parses what is new, once, and moves finished blocks from the tail to `closed`. True where so much is new that
   * some of it is left for the next time.
   */
  settle(): boolean {
    const most = this.#plain === null ? SETTLED_AT_ONCE : PLAIN_AT_ONCE;
    const added = this.source.slice(this.#settled, this.#settled + most);
    this.#settled += added.length;
    const fresh = this.#pieces.take(added);
    if (fresh !== "") {
      this.#tailHtml = null;
      this.#take(fresh);
    }
    return this.#settled < this.source.length;
  }

  /** Final HTML of the closed blocks. */
  get closed(): readonly string[] {
    return this.#closed;
  }

  /** All text so far. */
  get text(): string {
    return this.source.toString();
  }

  /** Source of the open tail as far as it is shown; it begins after blank lines. */
  get tailText(): string {
    if (this.#plain !== null) return this.#plain.tail;
    if (this.#fence === null) return withoutUndecided(this.#tail);
    return this.#tail.slice(0, this.#tail.length - this.#fence.hidden.length);
  }

  /** HTML of the open tail as it stands. */
  tailHtml(): string {
    this.#tailHtml ??= this.#plain?.tailHtml() ?? this.#fence?.html() ?? this.#renderTail();
    return this.#tailHtml;
  }

  /** The whole, final render; where it is `same`, a reader who has the closed blocks needs only the rest. */
  finish(): Promise<Finished> {
    this.#finished ??= this.#renderWhole();
    return this.#finished;
  }

  async #renderWhole(): Promise<Finished> {
    const blocks = await renderBlocksInSteps(this.text, (placed) => this.#known(placed));
    return { blocks, same: this.#closed.every((html, index) => html === blocks[index]) };
  }

  /** A closed block that needs no second rendering: what it means depends on its own lines only. */
  #known({ block, index, lines, mayRefer }: Placed): Known | undefined {
    const source = this.#sources[index];
    const html = this.#closed[index];
    if (mayRefer || source?.lines !== lineRange(block, lines, 0) || html === undefined) return;
    return { html, formulas: source.formulas };
  }

  /** Formats text as far as the limit goes; the rest is plain. */
  #take(fresh: string): void {
    if (this.#plain !== null) {
      this.#closePlain(this.#plain.take(fresh));
      return;
    }
    const text = this.#held + fresh;
    const over = this.#taken + text.length > FORMATTED_CHARACTERS;
    const end = this.#formattedPart(text);
    this.#held = text.slice(end);
    this.#taken += end;
    if (end > 0) this.#format(text.slice(0, end));
    if (over) this.#closeAll();
    else if (this.#plain === null && this.#fence === null) this.#giveUpLongBlock();
  }

  /** How much of a text that follows what was taken is formatted now: near the limit, whole lines. */
  #formattedPart(text: string): number {
    if (this.#taken + text.length <= WHOLE_LINES_FROM) return text.length;
    const room = FORMATTED_CHARACTERS - this.#taken;
    const line = text.lastIndexOf("\n", room - 1) + 1;
    const atLine = line > 0 || this.#tail === "" || this.#tail.endsWith("\n");
    if (atLine && this.#taken + line >= WHOLE_LINES_FROM) return line;
    // No line ends near the limit.
    if (text.length > room) return characterEnd(text, room);
    return Math.max(line, characterEnd(text, WHOLE_LINES_FROM - this.#taken), 0);
  }

  #format(text: string): void {
    this.#tail += text;
    if (this.#fence === null || this.#feed(this.#fence, text)) this.#closeBlocks();
  }

  /** All that is formatted is closed as it stands, and what follows is plain. */
  #closeAll(): void {
    const lines = new Lines(this.#tail);
    const { blocks } = parseBlocks(lines.text, this.#references);
    this.#fence = null;
    for (const block of blocks) this.#close(block, lines);
    this.#goOnPlain(new PlainText(true), this.#held);
  }

  /** A list or table without end would be parsed again and again: it is plain until the final render. */
  #giveUpLongBlock(): void {
    if (this.#tail.length <= FORMATTED_BLOCK_CHARACTERS) return;
    this.#goOnPlain(new PlainText(false), this.#tail + this.#held);
  }

  #goOnPlain(plain: PlainText, text: string): void {
    this.#plain = plain;
    this.#tail = "";
    this.#held = "";
    this.#openBlocks = [];
    this.#closePlain(plain.take(text));
  }

  #closePlain(chunks: string[]): void {
    for (const html of chunks) this.#closed.push(html);
  }

  #close(block: Block, lines: Lines): void {
    const formulas = { left: this.#formulas };
    this.#closed.push(renderBlock(block, { memo: this.#memo, formulas }));
    this.#sources.push({
      lines: lineRange(block, lines, this.#tailLine),
      formulas: this.#formulas - formulas.left,
    });
    this.#formulas = formulas.left;
  }

  /** Hands new text to the open fence; true when that closed it, and the tail is what follows. */
  #feed(fence: OpenFence, fresh: string): boolean {
    const rest = fence.take(fresh);
    if (rest === null) return false;
    this.#closed.push(fence.finalHtml());
    this.#sources.push({
      lines: `${this.#tailLine}-${this.#tailLine + fence.lines}`,
      formulas: 0,
    });
    this.#fence = null;
    this.#tailLine += fence.lines;
    this.#tail = rest;
    return true;
  }

  #closeBlocks(): void {
    this.#dropBlankLines();
    const lines = new Lines(withoutUndecided(this.#tail));
    const parsed = parseBlocks(lines.text, this.#references, lines.complete);
    const { final, openFence } = settled(parsed.blocks, lines);
    for (const block of parsed.blocks.slice(0, final)) this.#close(block, lines);
    this.#openBlocks = parsed.blocks.slice(final);
    const end = openFence?.start ?? parsed.blocks[final - 1]?.end ?? 0;
    for (const { label, line } of parsed.definitions) {
      const reference = parsed.references[label];
      if (line < end && reference !== undefined) this.#references[label] ??= reference;
    }
    this.#tail = this.#tail.slice(lines.start(end));
    this.#tailLine += end;
    if (openFence !== null) this.#openFence(openFence);
    else this.#dropBlankLines();
  }

  #openFence(block: Block): void {
    const token = block.tokens[0];
    if (token === undefined) return;
    const lineEnd = this.#tail.indexOf("\n");
    this.#fence = new OpenFence(token, this.#tail.slice(0, lineEnd));
    this.#fence.take(this.#tail.slice(lineEnd + 1));
  }

  #dropBlankLines(): void {
    const blank = /^(?:[ \t]*\n)+/.exec(this.#tail)?.[0];
    if (blank === undefined) return;
    this.#tail = this.#tail.slice(blank.length);
    this.#tailLine += blank.split("\n").length - 1;
  }

  #renderTail(): string {
    this.#memo.turn();
    const formulas = { left: this.#formulas };
    const env = { growing: true, memo: this.#memo, formulas };
    return this.#openBlocks.map((block) => renderBlock(block, env)).join("");
  }
}

/** A block's place in the whole text; blank lines after it may or may not have come yet. */
function lineRange({ start, end }: Block, lines: Lines, offset: number): string {
  let last = end;
  while (last > start && lines.isBlank(last - 1)) last--;
  return `${offset + start}-${offset + last}`;
}
