import type { MarkdownIt, StateCore, Token } from "markdown-it";

const MARK = /^\[([ xX])\][ \u00a0]/;

/**
 * GFM's task lists. An own rule, because @mdit/plugin-tasklist numbers its boxes: those ids would occur
 * once in every answer of a page.
 */
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

/** The label around box and text gives the box its name without an id. */
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
