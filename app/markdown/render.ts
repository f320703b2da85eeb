import { FORMULAS } from "~/limits";
import { yielder } from "~/shared/in-steps";
import { type Block, blockPieces, parseBlocks } from "./blocks";
import { Lines } from "./lines";
import type { RenderEnv } from "./memo";
import { normalized } from "./pieces";
import { formattedEnd, PlainText } from "./plain";

/** A block in a text, and whether the text around it may change what its own means. */
export interface Placed {
  block: Block;
  index: number;
  lines: Lines;
  mayRefer: boolean;
}

/** A block that was rendered before, and the formulas in it. */
export interface Known {
  html: string;
  formulas: number;
}

/** Final HTML of each top-level block, in order. */
export function renderBlocks(text: string): string[] {
  const steps = renderSteps(text);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same with everything else going on meanwhile. `known` gives blocks that need no second rendering. */
export async function renderBlocksInSteps(
  text: string,
  known?: (placed: Placed) => Known | undefined,
): Promise<string[]> {
  const yieldIfDue = yielder();
  const steps = renderSteps(text, known);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await yieldIfDue();
  }
}

/** Stops after each small step. */
function* renderSteps(
  source: string,
  known?: (placed: Placed) => Known | undefined,
): Generator<undefined, string[]> {
  const text = normalized(source);
  const end = formattedEnd(text);
  const lines = new Lines(text.slice(0, end));
  const parsed = parseBlocks(lines.text);
  yield;
  const refers = Object.keys(parsed.references).length > 0;
  const env: RenderEnv = { formulas: { left: FORMULAS } };
  const blocks: string[] = [];
  for (const [index, block] of parsed.blocks.entries()) {
    const own = () => lines.text.slice(lines.start(block.start), lines.start(block.end));
    const mayRefer = refers && own().includes("[");
    const same = known?.({ block, index, lines, mayRefer });
    if (same && env.formulas) env.formulas.left -= same.formulas;
    blocks.push(same?.html ?? (yield* stepsOf(block, env)));
    yield;
  }
  const rest = new PlainText(true);
  for (let at = end; at < text.length; at += PLAIN_AT_ONCE) {
    blocks.push(...rest.take(text.slice(at, at + PLAIN_AT_ONCE)));
    yield;
  }
  return rest.tail === "" ? blocks : [...blocks, rest.tailHtml()];
}

const PLAIN_AT_ONCE = 64 * 1024;

function* stepsOf(block: Block, env: RenderEnv): Generator<undefined, string> {
  let html = "";
  for (const piece of blockPieces(block, env)) {
    html += piece;
    yield;
  }
  return html;
}
