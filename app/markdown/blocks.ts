import type { Token } from "markdown-it";
import { FORMATTED_PARAGRAPH_CHARACTERS, FORMULAS } from "~/limits";
import { yielder } from "~/shared/in-steps";
import { escapeHtml } from "./escape";
import { type Definition, inlineParser, type ParseEnv, parser, type References } from "./parser";
import { formattedEnd, PlainText } from "./plain-text";
import { cached, type RenderEnv } from "./render-cache";
import { Lines, normalized } from "./source";

/** A top-level block: its lines (`end` is exclusive), its tokens, and the link definitions it may use. */
export interface Block {
  type: string;
  start: number;
  end: number;
  tokens: Token[];
  references: References;
}

export interface Parsed {
  blocks: Block[];
  references: References;
  definitions: Definition[];
}

/** Parses text into its top-level blocks. `earlier` are the definitions of the text before it. */
export function parseBlocks(
  text: string,
  earlier: References = {},
  completeLines = Number.POSITIVE_INFINITY,
): Parsed {
  const definitions: Definition[] = [];
  const references = { ...earlier };
  const env: ParseEnv = { earlier, references, completeLines, definitions };
  return { blocks: splitTokens(parser().parse(text, env), references), references, definitions };
}

function splitTokens(tokens: Token[], references: References): Block[] {
  const blocks: Block[] = [];
  let from = 0;
  tokens.forEach((token, index) => {
    if (token.level !== 0 || token.nesting === 1) return;
    const first = tokens[from] ?? token;
    const [start, end] = first.map ?? [0, 0];
    const own = tokens.slice(from, index + 1);
    blocks.push({ type: first.type, start, end, tokens: own, references });
    from = index + 1;
  });
  return blocks;
}

export function renderBlock(block: Block, env: RenderEnv = {}): string {
  return [...blockParts(block, env)].join("");
}

function* blockParts({ tokens, references }: Block, env: RenderEnv): Generator<string, void> {
  const { renderer, options } = parser();
  for (const [index, token] of tokens.entries()) {
    const rule = renderer.rules[token.type];
    if (token.type === "inline") yield renderInline(tokens, index, references, env);
    else
      yield rule?.(tokens, index, options, env, renderer) ??
        renderer.renderToken(tokens, index, options);
  }
}

/** Nothing in such text can be markup or an address; most cells of a table are like this. */
const NO_MARKS = /^[\p{L}\p{N} ,;'"()?-]*$/u;

/** The HTML of a paragraph, a heading or a cell: the token at `index`. Above the limit it is plain text. */
function renderInline(
  tokens: readonly Token[],
  index: number,
  references: References,
  env: RenderEnv,
): string {
  const content = tokens[index]?.content ?? "";
  if (NO_MARKS.test(content)) return escapeHtml(content);
  if (content.length > FORMATTED_PARAGRAPH_CHARACTERS) return escapeHtml(content);
  // The two tokens before it tell whether it begins a list item, which may be a task.
  const own = tokens.slice(Math.max(0, index - 2), index + 1);
  const render = () => parseInline(own, references, env);
  if (content.includes("[") && Object.keys(references).length > 0) return render();
  const isItem = tokens[index - 2]?.type === "list_item_open";
  return cached(env, `${isItem ? "item" : "text"}\n${content}`, render);
}

function parseInline(tokens: Token[], references: References, env: RenderEnv): string {
  const inline = tokens.at(-1);
  if (inline === undefined) return "";
  const markdown = inlineParser();
  const state = new markdown.core.State("", markdown, { references });
  state.tokens = tokens;
  inline.children = [];
  markdown.core.process(state);
  const html = markdown.renderer.renderInline(inline.children, markdown.options, env);
  inline.children = [];
  return html;
}

/** A block of a text, and whether link definitions elsewhere may change it. */
export interface PlacedBlock {
  block: Block;
  index: number;
  lines: Lines;
  mayRefer: boolean;
}

export interface RenderedBlock {
  html: string;
  formulas: number;
}

type FindRendered = (placed: PlacedBlock) => RenderedBlock | undefined;

/** Final HTML of each top-level block, in order. */
export function renderBlocks(text: string): string[] {
  const steps = renderSteps(text);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** `renderBlocks`, while other work runs. `findRendered` returns blocks that need no second rendering. */
export async function renderBlocksInSteps(
  text: string,
  findRendered?: FindRendered,
): Promise<string[]> {
  const yieldIfDue = yielder();
  const steps = renderSteps(text, findRendered);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await yieldIfDue();
  }
}

const PLAIN_CHARACTERS_PER_STEP = 64 * 1024;

function* renderSteps(source: string, findRendered?: FindRendered): Generator<undefined, string[]> {
  const text = normalized(source);
  const end = formattedEnd(text);
  const blocks: string[] = [];
  yield* formattedSteps(new Lines(text.slice(0, end)), blocks, findRendered);
  const rest = new PlainText(true);
  for (let at = end; at < text.length; at += PLAIN_CHARACTERS_PER_STEP) {
    blocks.push(...rest.append(text.slice(at, at + PLAIN_CHARACTERS_PER_STEP)));
    yield;
  }
  return rest.tail === "" ? blocks : [...blocks, rest.tailHtml()];
}

function* formattedSteps(
  lines: Lines,
  rendered: string[],
  findRendered?: FindRendered,
): Generator<undefined, void> {
  const parsed = parseBlocks(lines.text);
  yield;
  const hasReferences = Object.keys(parsed.references).length > 0;
  const formulas = { left: FORMULAS };
  for (const [index, block] of parsed.blocks.entries()) {
    const source = () => lines.text.slice(lines.start(block.start), lines.start(block.end));
    const mayRefer = hasReferences && source().includes("[");
    const known = findRendered?.({ block, index, lines, mayRefer });
    if (known) formulas.left -= known.formulas;
    rendered.push(known?.html ?? (yield* blockSteps(block, { formulas })));
    yield;
  }
}

function* blockSteps(block: Block, env: RenderEnv): Generator<undefined, string> {
  let html = "";
  for (const part of blockParts(block, env)) {
    html += part;
    yield;
  }
  return html;
}
