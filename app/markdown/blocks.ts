import type { Token } from "markdown-it";
import type { RenderEnv } from "./memo";
import { type Definition, type ParseEnv, parser, type References } from "./parser";

/** A top-level block: what it is, its lines (the end is not part of it) and its tokens. */
export interface Block {
  type: string;
  start: number;
  end: number;
  tokens: Token[];
}

export interface Parsed {
  blocks: Block[];
  references: References;
  definitions: Definition[];
}

/** Parses text into its top-level blocks. `earlier` is what the text before it defines. */
export function parseBlocks(
  text: string,
  earlier: References = {},
  completeLines = Number.POSITIVE_INFINITY,
): Parsed {
  const definitions: Definition[] = [];
  const references = { ...earlier };
  const env: ParseEnv = { earlier, references, completeLines, definitions };
  return { blocks: splitTokens(parser().parse(text, env)), references, definitions };
}

function splitTokens(tokens: Token[]): Block[] {
  const blocks: Block[] = [];
  let from = 0;
  tokens.forEach((token, index) => {
    if (token.level !== 0 || token.nesting === 1) return;
    const first = tokens[from] ?? token;
    const [start, end] = first.map ?? [0, 0];
    blocks.push({ type: first.type, start, end, tokens: tokens.slice(from, index + 1) });
    from = index + 1;
  });
  return blocks;
}

/** The HTML of one block. */
export function renderBlock(block: Block, env: RenderEnv = {}): string {
  const { renderer, options } = parser();
  return renderer.render(block.tokens, options, env);
}
