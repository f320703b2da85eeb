import MarkdownIt, { type Env, type MarkdownIt as Markdown, type StateCore } from "markdown-it";
import { useCodeMarkup } from "./code";
import { useLinks } from "./links";
import { useMarkup } from "./markup";
import { useMathMarkup } from "./math";
import { useMath } from "./math-syntax";
import { useTasks } from "./tasks";

/** Link definitions by label, as markdown-it keeps them. */
export type References = NonNullable<Env["references"]>;

/** A label that the text itself defines, and the line that does. */
export interface Definition {
  label: string;
  line: number;
}

/** What a parse is handed, and what it finds besides the tokens. */
export interface ParseEnv extends Env {
  /** What earlier text defines. */
  earlier: References;
  /** The same, then with what this text defines: markdown-it adds it here. */
  references: References;
  /** Lines from here on may still change, so what they define does not count yet. */
  completeLines: number;
  /** What this text defines, in order. */
  definitions: Definition[];
}

/** The parts of a parse that need the whole text; the rest is done for each paragraph by itself. */
const WHOLE_TEXT = ["normalize", "block", "definitions", "strip_references"];

let blocks: Markdown | undefined;
let runs: Markdown | undefined;

/** Parses text into blocks, CommonMark and GFM; raw HTML is text. Built when it is first needed. */
export function parser(): Markdown {
  if (blocks === undefined) {
    blocks = build();
    blocks.core.ruler.enableOnly(WHOLE_TEXT);
  }
  return blocks;
}

/** Parses the text within a block: a paragraph, a heading, a cell. */
export function runParser(): Markdown {
  if (runs === undefined) {
    runs = build();
    runs.core.ruler.disable(WHOLE_TEXT);
  }
  return runs;
}

function build(): Markdown {
  const markdown = new MarkdownIt({ html: false, linkify: true });
  const uses = [useMath, useTasks, useLinks, useMarkup, useCodeMarkup, useMathMarkup];
  for (const use of uses) use(markdown);
  markdown.core.ruler.before("strip_references", "definitions", noteDefinitions);
  return markdown;
}

/** Takes back what an unfinished line defines: it would link to half an address. */
function noteDefinitions(state: StateCore): void {
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
