import type { MarkdownIt, StateCore, Token } from "markdown-it";

const HEADINGS_ABOVE = 2;

export function useMarkup(markdown: MarkdownIt): void {
  const { renderer } = markdown;
  const tag = (token: Token | undefined, name = token?.tag ?? "") =>
    token === undefined || token.hidden
      ? ""
      : token.nesting === -1
        ? `</${name}>`
        : `<${name}${renderer.renderAttrs(token)}>`;

  renderer.renderToken = (tokens, index) => tag(tokens[index]);

  renderer.rules.heading_open = (tokens, index) => tag(tokens[index], heading(tokens[index]));
  renderer.rules.heading_close = renderer.rules.heading_open;

  renderer.rules.table_open = () =>
    '<div class="table" tabindex="0" role="region" aria-label="Table"><table>';
  renderer.rules.table_close = () => "</table></div>";
  renderer.rules.th_open = (tokens, index) => `<${tokens[index]?.tag}${alignment(tokens[index])}>`;
  renderer.rules.td_open = renderer.rules.th_open;
  renderer.rules.hardbreak = () => "<br>";
}

function heading(token: Token | undefined): string {
  const level = Number(token?.tag.slice(1)) + HEADINGS_ABOVE;
  return `h${Math.min(level, 6)}`;
}

/** markdown-it writes a `style` attribute, which the content security policy forbids. */
function alignment(cell: Token | undefined): string {
  const side = /^text-align:(left|center|right)$/.exec(String(cell?.attrGet("style")))?.[1];
  return side === undefined ? "" : ` class="align-${side}"`;
}

const MARK = /^\[([ xX])\][ \u00a0]/;

/** GFM's task lists. Not @mdit/plugin-tasklist, whose ids would occur in every answer of a page. */
export function useTasks(markdown: MarkdownIt): void {
  markdown.core.ruler.after("inline", "tasks", (state) => {
    state.tokens.forEach((token, index) => {
      const opensItem =
        state.tokens[index - 1]?.type === "paragraph_open" &&
        state.tokens[index - 2]?.type === "list_item_open";
      if (opensItem && token.children !== null) addCheckbox(token.children, state);
    });
  });
}

function addCheckbox(children: Token[], state: StateCore): void {
  const text = children[0];
  const mark = text?.type === "text" ? MARK.exec(text.content) : null;
  if (text === undefined || mark === null) return;
  text.content = text.content.slice(3);
  const box = new state.Token("task_box", "input", 0);
  box.attrs = [
    ["type", "checkbox"],
    ["disabled", ""],
  ];
  if (mark[1] !== " ") box.attrs.push(["checked", ""]);
  children.unshift(new state.Token("label_open", "label", 1), box);
  children.push(new state.Token("label_close", "label", -1));
}
