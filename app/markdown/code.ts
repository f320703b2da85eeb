import type { MarkdownIt, Token } from "markdown-it";
import { escapeHtml } from "./escape";
import { highlight } from "./highlight";
import { type RenderEnv, remembered } from "./memo";

/** What a reader sees above code whose language the message does not name. */
const NO_LANGUAGE = "text";
const LONGEST_LABEL = 32;

/** The end of a frame that {@link frameHead} began. */
export const FRAME_FOOT = "</code></pre></figure>";

/** The frame of a code block up to where its text begins: label, scrolling box and language class. */
export function frameHead(language: string): string {
  const label = language.slice(0, LONGEST_LABEL) || NO_LANGUAGE;
  const name = className(language);
  const classes = name === "" ? "hljs" : `hljs language-${name}`;
  return `<figure class="code"><figcaption>${escapeHtml(label)}</figcaption><pre tabindex="0"><code class="${classes}">`;
}

/** A code block in its frame, highlighted where that is wanted and the language is known. */
export function codeFrame(code: string, language: string, highlighted: boolean): string {
  const html = highlighted ? highlight(code, className(language)) : null;
  return frameHead(language) + (html ?? escapeHtml(code)) + FRAME_FOOT;
}

/** The language of a fence: the first word after its marks, as the message wrote it. */
export function fenceLanguage(markdown: MarkdownIt, info: string): string {
  return markdown.utils.unescapeAll(info).trim().split(/\s/, 1)[0] ?? "";
}

/** True where the closing line of a fence has been seen: its lines are then one more than open ones have. */
export function isClosedFence(fence: Token): boolean {
  const [start, end] = fence.map ?? [0, 0];
  const { content } = fence;
  const lines = content === "" ? 0 : content.split("\n").length - (content.endsWith("\n") ? 1 : 0);
  return end - start === lines + 2;
}

/** How code looks in HTML. */
export function useCodeMarkup(markdown: MarkdownIt): void {
  const { rules } = markdown.renderer;
  rules.fence = (tokens, index, _options, env: RenderEnv = {}) => {
    const token = tokens[index];
    if (token === undefined) return "";
    const language = fenceLanguage(markdown, token.info);
    const highlighted = !env.growing || isClosedFence(token);
    const key = `${highlighted ? "highlighted" : "plain"} ${language}\n${token.content}`;
    return remembered(env, key, () => codeFrame(token.content, language, highlighted));
  };
  rules.code_block = (tokens, index) => codeFrame(tokens[index]?.content ?? "", "", false);
}

/** The part of a language that is safe in a class: "js{1,3}" and `js"` are js, "python:main.py" is python. */
function className(language: string): string {
  const [name = ""] = /[a-z0-9][a-z0-9+#.-]*/.exec(language.toLowerCase()) ?? [];
  return name.slice(0, LONGEST_LABEL);
}
