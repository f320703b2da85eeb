import type { MarkdownIt, Token } from "markdown-it";
import { escapeHtml } from "./escape";
import { highlight } from "./highlight";
import { cached, type RenderEnv } from "./render-cache";

const DEFAULT_LABEL = "text";
const MAX_LABEL_CHARACTERS = 32;

export const FRAME_FOOT = "</code></pre></figure>";

export function frameHead(language: string): string {
  const label = language.slice(0, MAX_LABEL_CHARACTERS) || DEFAULT_LABEL;
  const name = className(language);
  const classes = name === "" ? "hljs" : `hljs language-${name}`;
  return `<figure class="code"><figcaption>${escapeHtml(label)}</figcaption><pre tabindex="0"><code class="${classes}">`;
}

/** The HTML of a code block, highlighted if asked for and if the language is known. */
export function codeFrame(code: string, language: string, highlighted: boolean): string {
  const html = highlighted ? highlight(code, className(language)) : null;
  return frameHead(language) + (html ?? escapeHtml(code)) + FRAME_FOOT;
}

/** The language of a fence: the first word of its info string. */
export function fenceLanguage(markdown: MarkdownIt, info: string): string {
  return markdown.utils.unescapeAll(info).trim().split(/\s/, 1)[0] ?? "";
}

/** Whether a fence has its closing line, which makes it two lines longer than its content. */
export function isClosedFence(fence: Token): boolean {
  const [start, end] = fence.map ?? [0, 0];
  const { content } = fence;
  const lines = content === "" ? 0 : content.split("\n").length - (content.endsWith("\n") ? 1 : 0);
  return end - start === lines + 2;
}

export function useCode(markdown: MarkdownIt): void {
  const { rules } = markdown.renderer;
  rules.fence = (tokens, index, _options, env: RenderEnv = {}) => {
    const token = tokens[index];
    if (token === undefined) return "";
    const language = fenceLanguage(markdown, token.info);
    const highlighted = !env.growing || isClosedFence(token);
    const key = `${highlighted ? "highlighted" : "plain"} ${language}\n${token.content}`;
    return cached(env, key, () => codeFrame(token.content, language, highlighted));
  };
  rules.code_block = (tokens, index) => codeFrame(tokens[index]?.content ?? "", "", false);
}

/** The part of a language that is safe in a class: "js" of "js{1,3}", "python" of "python:main.py". */
function className(language: string): string {
  const [name = ""] = /[a-z0-9][a-z0-9+#.-]*/.exec(language.toLowerCase()) ?? [];
  return name.slice(0, MAX_LABEL_CHARACTERS);
}
