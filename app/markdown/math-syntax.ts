import type { MarkdownIt } from "markdown-it";
import { mathBlock } from "./math-block";
import { mathInline } from "./math-inline";

/**
 * Adds `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. Own rules, because those of @mdit/plugin-tex let an unclosed
 * `$$` swallow the rest of the answer, take shell variables for formulas and search in quadratic time.
 */
export function useMath(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", "math_inline", mathInline);
  markdown.block.ruler.after("blockquote", "math_block", mathBlock, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
}
