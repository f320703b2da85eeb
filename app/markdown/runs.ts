import type { Token } from "markdown-it";
import { FORMATTED_RUN_CHARACTERS } from "~/limits";
import { escapeHtml } from "./escape";
import { type RenderEnv, remembered } from "./memo";
import { type References, runParser } from "./parser";

/**
 * HTML of the text within a block: a paragraph, a heading, a cell. `index` is the place of its token among those
 * of the block. A longer one than anybody writes is shown as it is.
 */
export function runHtml(
  tokens: readonly Token[],
  index: number,
  references: References,
  env: RenderEnv,
): string {
  const content = tokens[index]?.content ?? "";
  if (NO_MARKS.test(content)) return escapeHtml(content);
  if (content.length > FORMATTED_RUN_CHARACTERS) return escapeHtml(content);
  const render = () => rendered(tokens.slice(Math.max(0, index - 2), index + 1), references, env);
  // What a label in brackets means may change while the text grows.
  if (content.includes("[") && Object.keys(references).length > 0) return render();
  const isItem = tokens[index - 2]?.type === "list_item_open";
  return remembered(env, `${isItem ? "item" : "text"}\n${content}`, render);
}

/** Most cells of a table are such: nothing in them can be markup or an address. */
const NO_MARKS = /^[\p{L}\p{N} ,;'"()?-]*$/u;

/** The last of these tokens is the text; those before it tell whether it begins an item of a list. */
function rendered(tokens: Token[], references: References, env: RenderEnv): string {
  const run = tokens.at(-1);
  if (run === undefined) return "";
  const markdown = runParser();
  const state = new markdown.core.State("", markdown, { references });
  state.tokens = tokens;
  run.children = [];
  markdown.core.process(state);
  const html = markdown.renderer.renderInline(run.children, markdown.options, env);
  run.children = [];
  return html;
}
