import MarkdownIt, { type Env, type MarkdownIt as Markdown, type StateCore } from "markdown-it";
import { useCode } from "./code";
import { useLinks } from "./links";
import { useMarkup, useTasks } from "./markup";
import { useMath } from "./math";

export type References = NonNullable<Env["references"]>;

export interface Definition {
  label: string;
  line: number;
}

export interface ParseEnv extends Env {
  earlier: References;
  references: References;
  /** Lines from here on may still change, so their definitions are ignored. */
  completeLines: number;
  definitions: Definition[];
}

const WHOLE_TEXT = ["normalize", "block", "definitions", "strip_references"];

let blockParser: Markdown | undefined;
let paragraphParser: Markdown | undefined;

/** Parses text into blocks: CommonMark and GFM, with HTML shown as text. */
export function parser(): Markdown {
  if (blockParser === undefined) {
    blockParser = build();
    blockParser.core.ruler.enableOnly(WHOLE_TEXT);
  }
  return blockParser;
}

export function inlineParser(): Markdown {
  if (paragraphParser === undefined) {
    paragraphParser = build();
    paragraphParser.core.ruler.disable(WHOLE_TEXT);
  }
  return paragraphParser;
}

function build(): Markdown {
  const markdown = new MarkdownIt({ html: false, linkify: true });
  for (const use of [useMath, useTasks, useLinks, useMarkup, useCode]) use(markdown);
  markdown.core.ruler.before("strip_references", "definitions", collectDefinitions);
  return markdown;
}

/** Collects definitions, and removes those of unfinished lines: they would link to half an address. */
function collectDefinitions(state: StateCore): void {
  // The environment that `parseBlocks` passes.
  const env = state.env as ParseEnv;
  const defined = new Set(Object.keys(env.earlier));
  for (const { type, map, meta } of state.tokens) {
    if (type !== "reference_definition" || map === null || map[1] > env.completeLines) continue;
    const label = String(meta?.label);
    env.definitions.push({ label, line: map[0] });
    defined.add(label);
  }
  for (const label of Object.keys(env.references)) {
    if (!defined.has(label)) delete env.references[label];
  }
}
