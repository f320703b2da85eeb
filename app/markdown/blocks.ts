import type { Token } from "markdown-it";
import type { RenderEnv } from "./memo";
import { type Definition, type ParseEnv, parser, type References } from "./parser";
import { runHtml } from "./runs";

/** A top-level block: what it is, its lines (the end is not part of it), its tokens, and what its text may refer to. */
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

/** Parses text into its top-level blocks. `earlier` is what the text before it defines. */
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

/** The HTML of one block. */
export function renderBlock(block: Block, env: RenderEnv = {}): string {
  return [...blockPieces(block, env)].join("");
}

/** The same in pieces: a long list or table need not be rendered at once. */
export function* blockPieces(
  { tokens, references }: Block,
  env: RenderEnv,
): Generator<string, void> {
  const { renderer, options } = parser();
  for (const [index, token] of tokens.entries()) {
    const rule = renderer.rules[token.type];
    if (token.type === "inline") yield runHtml(tokens, index, references, env);
    else
      yield rule?.(tokens, index, options, env, renderer) ??
        renderer.renderToken(tokens, index, options);
  }
}
