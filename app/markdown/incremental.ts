import { FORMATTED_BLOCK_CHARACTERS, FORMATTED_CHARACTERS, FORMULAS } from "~/limits";
import {
  type Block,
  type PlacedBlock,
  parseBlocks,
  type RenderedBlock,
  renderBlock,
  renderBlocksInSteps,
} from "./blocks";
import { closedBlocks } from "./closed-blocks";
import { OpenFence } from "./fence";
import { GrowingText } from "./growing-text";
import type { References } from "./parser";
import { characterEnd, PlainText, WHOLE_LINES_FROM } from "./plain-text";
import { RenderCache } from "./render-cache";
import { Lines, Normalizer, withoutUndecided } from "./source";

/** The whole render; `same` if it begins with the closed blocks as they are. */
export interface Finished {
  blocks: string[];
  same: boolean;
}

/** `settle()` takes no more at a time; a late reader gets the rest a moment later. */
const SETTLED_CHARACTERS = 64 * 1024;
const SETTLED_PLAIN_CHARACTERS = 1024 * 1024;

/** An answer while it is written: blocks that no more text can change are closed, rendered once; the rest is the open tail. */
export class GrowingMarkdown {
  readonly #closed: string[] = [];
  readonly #sources: { lines: string; formulas: number }[] = [];
  readonly #normalizer = new Normalizer();
  readonly #cache = new RenderCache();
  readonly source = new GrowingText();
  #settled = 0;
  #held = "";
  #formattedLength = 0;
  #formulas = FORMULAS;
  #plain: PlainText | null = null;
  #tail = "";
  #tailLine = 0;
  #references: References = {};
  #fence: OpenFence | null = null;
  #openBlocks: Block[] = [];
  #tailHtml: string | null = "";
  #finished: Promise<Finished> | null = null;

  append(text: string): void {
    this.source.add(text);
    this.#finished = null;
  }

  /** Parses new text, and updates `closed` and the tail; true if some text is left for the next call. */
  settle(): boolean {
    const most = this.#plain === null ? SETTLED_CHARACTERS : SETTLED_PLAIN_CHARACTERS;
    const added = this.source.slice(this.#settled, this.#settled + most);
    this.#settled += added.length;
    const text = this.#normalizer.next(added);
    if (text !== "") {
      this.#tailHtml = null;
      this.#add(text);
    }
    return this.#settled < this.source.length;
  }

  get closed(): readonly string[] {
    return this.#closed;
  }

  get text(): string {
    return this.source.toString();
  }

  /** Source of the open tail as far as it is shown, without blank lines at its start. */
  get tailText(): string {
    if (this.#plain !== null) return this.#plain.tail;
    if (this.#fence === null) return withoutUndecided(this.#tail);
    return this.#tail.slice(0, this.#tail.length - this.#fence.hidden.length);
  }

  tailHtml(): string {
    this.#tailHtml ??= this.#plain?.tailHtml() ?? this.#fence?.html() ?? this.#renderTail();
    return this.#tailHtml;
  }

  /** The final render, now with links whose definition came after their closed block; if `same`, a reader needs only the rest. */
  finish(): Promise<Finished> {
    this.#finished ??= this.#renderWhole();
    return this.#finished;
  }

  async #renderWhole(): Promise<Finished> {
    const blocks = await renderBlocksInSteps(this.text, (placed) => this.#findRendered(placed));
    return { blocks, same: this.#closed.every((html, index) => html === blocks[index]) };
  }

  #findRendered({ block, index, lines, mayRefer }: PlacedBlock): RenderedBlock | undefined {
    const source = this.#sources[index];
    const html = this.#closed[index];
    if (mayRefer || source?.lines !== lineRange(block, lines, 0) || html === undefined) return;
    return { html, formulas: source.formulas };
  }

  #add(added: string): void {
    if (this.#plain !== null) {
      this.#closePlain(this.#plain.append(added));
      return;
    }
    const text = this.#held + added;
    const over = this.#formattedLength + text.length > FORMATTED_CHARACTERS;
    const end = this.#formattedEnd(text);
    this.#held = text.slice(end);
    this.#formattedLength += end;
    if (end > 0) this.#format(text.slice(0, end));
    if (over) this.#closeAll();
    else if (this.#plain === null && this.#fence === null) this.#showLongBlockPlain();
  }

  #formattedEnd(text: string): number {
    if (this.#formattedLength + text.length <= WHOLE_LINES_FROM) return text.length;
    const left = FORMATTED_CHARACTERS - this.#formattedLength;
    const line = text.lastIndexOf("\n", left - 1) + 1;
    const atLine = line > 0 || this.#tail === "" || this.#tail.endsWith("\n");
    if (atLine && this.#formattedLength + line >= WHOLE_LINES_FROM) return line;
    if (text.length > left) return characterEnd(text, left);
    return Math.max(line, characterEnd(text, WHOLE_LINES_FROM - this.#formattedLength), 0);
  }

  #format(text: string): void {
    this.#tail += text;
    if (this.#fence === null || this.#appendToFence(this.#fence, text)) this.#closeBlocks();
  }

  #closeAll(): void {
    const lines = new Lines(this.#tail);
    const { blocks } = parseBlocks(lines.text, this.#references);
    this.#fence = null;
    for (const block of blocks) this.#close(block, lines);
    this.#continuePlain(new PlainText(true), this.#held);
  }

  /** A very long list or table is plain until the final render, since it would be parsed again and again. */
  #showLongBlockPlain(): void {
    if (this.#tail.length <= FORMATTED_BLOCK_CHARACTERS) return;
    this.#continuePlain(new PlainText(false), this.#tail + this.#held);
  }

  #continuePlain(plain: PlainText, text: string): void {
    this.#plain = plain;
    this.#tail = "";
    this.#held = "";
    this.#openBlocks = [];
    this.#closePlain(plain.append(text));
  }

  #closePlain(blocks: string[]): void {
    for (const html of blocks) this.#closed.push(html);
  }

  #close(block: Block, lines: Lines): void {
    const formulas = { left: this.#formulas };
    this.#closed.push(renderBlock(block, { cache: this.#cache, formulas }));
    this.#sources.push({
      lines: lineRange(block, lines, this.#tailLine),
      formulas: this.#formulas - formulas.left,
    });
    this.#formulas = formulas.left;
  }

  #appendToFence(fence: OpenFence, text: string): boolean {
    const rest = fence.append(text);
    if (rest === null) return false;
    this.#closed.push(fence.closedHtml());
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
    const { count, openFence } = closedBlocks(parsed.blocks, lines);
    for (const block of parsed.blocks.slice(0, count)) this.#close(block, lines);
    this.#openBlocks = parsed.blocks.slice(count);
    const end = openFence?.start ?? parsed.blocks[count - 1]?.end ?? 0;
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
    this.#fence.append(this.#tail.slice(lineEnd + 1));
  }

  #dropBlankLines(): void {
    const blank = /^(?:[ \t]*\n)+/.exec(this.#tail)?.[0];
    if (blank === undefined) return;
    this.#tail = this.#tail.slice(blank.length);
    this.#tailLine += blank.split("\n").length - 1;
  }

  #renderTail(): string {
    this.#cache.nextRender();
    const formulas = { left: this.#formulas };
    const env = { growing: true, cache: this.#cache, formulas };
    return this.#openBlocks.map((block) => renderBlock(block, env)).join("");
  }
}

function lineRange({ start, end }: Block, lines: Lines, offset: number): string {
  let last = end;
  while (last > start && lines.isBlank(last - 1)) last--;
  return `${offset + start}-${offset + last}`;
}
