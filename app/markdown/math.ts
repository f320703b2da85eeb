import katex from "katex";
import type { MarkdownIt } from "markdown-it";
import { codeFrame } from "./code";
import { escapeHtml } from "./escape";
import { LONGEST_FORMULA } from "./math-delimiters";
import { mathMl } from "./mathml";
import { type RenderEnv, remembered } from "./memo";

/** What a formula may define could multiply itself; such formulas are shown as source. */
const DEFINITION = /\\(?:[egx]?def|(?:future)?let|(?:re|provide)?newcommand|global|long)(?![a-z])/i;

/** How formulas look in HTML. What KaTeX does not know is shown as its source. */
export function useMathMarkup(markdown: MarkdownIt): void {
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
  return remembered(env, key, () => renderFormula(tex, display) ?? "") || null;
}

/** MathML of a formula, or null where its source has to do. */
export function renderFormula(tex: string, display: boolean): string | null {
  if (tex.length > LONGEST_FORMULA || DEFINITION.test(tex)) return null;
  let refused = false;
  try {
    const html = katex.renderToString(tex, {
      displayMode: display,
      output: "mathml",
      throwOnError: true,
      strict: false,
      maxExpand: 500,
      maxSize: 10,
      // Without trust KaTeX writes the bare name of a refused command; the whole source says more.
      trust: () => {
        refused = true;
        return false;
      },
    });
    return refused ? null : mathMl(html);
  } catch {
    // ParseError for wrong TeX, RangeError for nesting past the stack: the source is the answer to both.
    return null;
  }
}
