import { type Block, parseBlocks, renderBlock } from "./blocks";
import { OpenFence } from "./fence";
import { settled } from "./final";
import { GrowingText } from "./growing-text";
import { Lines } from "./lines";
import { Memo } from "./memo";
import type { References } from "./parser";
import { normalized, Pieces, withoutUndecided } from "./pieces";

/** The whole render, and whether it begins with all closed blocks as they are. */
export interface Finished {
  blocks: string[];
  same: boolean;
}

/**
 * An answer while it is written. Top-level blocks that no further text can change are closed and rendered
 * once; the rest is the open tail. `closed`, `tailText` and `tailHtml()` show the state of the last
 * `settle()`. Known limit: a link whose definition comes after its block was closed; `finish()` mends it.
 */
export class GrowingMarkdown {
  readonly #closed: string[] = [];
  /** The lines of each closed block in the whole text, without blank lines at the end. */
  readonly #closedLines: string[] = [];
  readonly #pieces = new Pieces();
  readonly #memo = new Memo();
  readonly #text = new GrowingText();
  readonly #fresh = new GrowingText();
  #tail = "";
  /** The line of the whole text at which the tail begins. */
  #tailLine = 0;
  #references: References = {};
  #fence: OpenFence | null = null;
  #openBlocks: Block[] = [];
  #tailHtml: string | null = "";
  #finished: Finished | null = null;

  /** Adds the next piece. Nothing is parsed here. */
  append(text: string): void {
    this.#text.add(text);
    this.#fresh.add(text);
    this.#finished = null;
  }

  /** Parses what is new, once, and moves finished blocks from the tail to `closed`. */
  settle(): void {
    const fresh = this.#pieces.take(this.#fresh.take());
    if (fresh === "") return;
    this.#tailHtml = null;
    this.#finished = null;
    this.#tail += fresh;
    if (this.#fence === null || this.#feed(this.#fence, fresh)) this.#closeBlocks();
  }

  /** Final HTML of the closed blocks. */
  get closed(): readonly string[] {
    return this.#closed;
  }

  /** All text so far. */
  get text(): string {
    return this.#text.toString();
  }

  /** Source of the open tail as far as it is shown; it begins after blank lines. */
  get tailText(): string {
    if (this.#fence === null) return withoutUndecided(this.#tail);
    return this.#tail.slice(0, this.#tail.length - this.#fence.hidden.length);
  }

  /** HTML of the open tail as it stands. */
  tailHtml(): string {
    this.#tailHtml ??= this.#fence?.html() ?? this.#renderTail();
    return this.#tailHtml;
  }

  /** The whole, final render; where it is `same`, a reader who has the closed blocks needs only the rest. */
  finish(): Finished {
    this.#finished ??= this.#renderWhole();
    return this.#finished;
  }

  #renderWhole(): Finished {
    const lines = new Lines(normalized(this.text));
    const parsed = parseBlocks(lines.text);
    // Without references a block depends on its own lines only, so closed ones need no second rendering.
    const isReusable = Object.keys(parsed.references).length === 0;
    const blocks = parsed.blocks.map((block, index) => {
      const isSame = isReusable && this.#closedLines[index] === lineRange(block, lines, 0);
      return (isSame ? this.#closed[index] : undefined) ?? renderBlock(block);
    });
    return { blocks, same: this.#closed.every((html, index) => html === blocks[index]) };
  }

  /** Hands new text to the open fence; true when that closed it, and the tail is what follows. */
  #feed(fence: OpenFence, fresh: string): boolean {
    const rest = fence.take(fresh);
    if (rest === null) return false;
    this.#closed.push(fence.finalHtml());
    this.#closedLines.push(`${this.#tailLine}-${this.#tailLine + fence.lines}`);
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
    for (const block of parsed.blocks.slice(0, final)) {
      this.#closed.push(renderBlock(block, { memo: this.#memo }));
      this.#closedLines.push(lineRange(block, lines, this.#tailLine));
    }
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
    const env = { growing: true, memo: this.#memo };
    return this.#openBlocks.map((block) => renderBlock(block, env)).join("");
  }
}

/** A block's place in the whole text; blank lines after it may or may not have come yet. */
function lineRange({ start, end }: Block, lines: Lines, offset: number): string {
  let last = end;
  while (last > start && lines.isBlank(last - 1)) last--;
  return `${offset + start}-${offset + last}`;
}
