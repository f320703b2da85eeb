import katex from "katex";
import type { MarkdownIt } from "markdown-it";
import { codeFrame } from "./code";
import { escapeHtml } from "./escape";
import { MAX_FORMULA_CHARACTERS, mathBlock } from "./math-block";
import { mathInline } from "./math-inline";
import { mathMl } from "./mathml";
import { cached, type RenderEnv } from "./render-cache";

/** Formulas with definitions are shown as their source: a definition can multiply itself. */
const DEFINITION = /\\(?:[egx]?def|(?:future)?let|(?:re|provide)?newcommand|global|long)(?![a-z])/i;

/** Formulas. Not @mdit/plugin-tex: an unclosed `$$` takes in the rest of the answer, shell variables become formulas. */
export function useMath(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", "math_inline", mathInline);
  markdown.block.ruler.after("blockquote", "math_block", mathBlock, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
  const { rules } = markdown.renderer;
  rules.math_inline = (tokens, index, _options, env: RenderEnv = {}) => {
    const { content = "", info = "" } = tokens[index] ?? {};
    const html = formula(content, info === "display", env);
    return html ?? `<code>${escapeHtml(content)}</code>`;
  };
  rules.math_block = (tokens, index, _options, env: RenderEnv = {}) => {
    const content = tokens[index]?.content ?? "";
    const html = formula(content, true, env);
    if (html === null) return codeFrame(`${content}\n`, "tex", false);
    return `<div class="math" tabindex="0" role="group" aria-label="Formula">${html}</div>`;
  };
}

function formula(tex: string, display: boolean, env: RenderEnv): string | null {
  if (env.formulas) {
    if (env.formulas.left <= 0) return null;
    env.formulas.left--;
  }
  const key = `${display ? "display" : "inline"} formula\n${tex}`;
  return cached(env, key, () => renderFormula(tex, display) ?? "") || null;
}

/** MathML of a formula, or null if its source is to be shown. */
export function renderFormula(tex: string, display: boolean): string | null {
  if (tex.length > MAX_FORMULA_CHARACTERS || DEFINITION.test(tex)) return null;
  let refused = false;
  try {
    const html = katex.renderToString(tex, {
      displayMode: display,
      output: "mathml",
      throwOnError: true,
      strict: false,
      maxExpand: 500,
      maxSize: 10,
      // KaTeX would show the bare name of the refused command.
      trust: () => {
        refused = true;
        return false;
      },
    });
    return refused ? null : mathMl(html);
  } catch {
    // ParseError for wrong TeX, RangeError for nesting too deep for the stack.
    return null;
  }
}
