import { describe, expect, test } from "vitest";
import { renderBlocks } from "./blocks";
import { GrowingMarkdown } from "./incremental";
import { streamed } from "./testing/growing";

/** The plain code in a frame. */
const codeIn = (html: string) => /<code[^>]*>([^<]*)<\/code>/.exec(html)?.[1];

describe("an open fence", () => {
  test.each([
    ["```\na\n~~~\n``\n```` x\n    ```\n", "a\n~~~\n``\n```` x\n    ```\n"],
    ["````\n```\n", "```\n"],
    ["~~~\n```\n~~\n", "```\n~~\n"],
    ["  ```\n  a\n b\n    c\n\td\n", "a\nb\n  c\n  d\n"],
    ["  ```\n \ta\n", "  a\n"],
    ["```\n\n\n a\n", "\n\n a\n"],
    ["```\n# b\n- c & d\n", "# b\n- c &amp; d\n"],
    ["```\r\na\r\nb\rc", "a\nb\nc"],
  ])("%j goes on", (source, code) => {
    expect(codeIn(streamed([source]).tailHtml())).toBe(code);
    expect(codeIn(streamed(source.split("")).tailHtml())).toBe(code);
  });

  test.each([
    "```\na\n```\n",
    "```\na\n`````  \t\n",
    "~~~~\na\n   ~~~~\n",
    "```\n```\n",
    "```\r\na\r\n```\r\n\n",
  ])("%j does not", (source) => {
    const answer = streamed(source.split(""));
    expect([answer.closed, answer.tailText]).toEqual([renderBlocks(source), ""]);
  });

  test.each(["``` `a`\n", "```a | b\n-|-\n"])("%j is none", (source) => {
    expect(streamed([source]).tailHtml()).toBe(renderBlocks(source).join(""));
    expect(streamed([source]).tailHtml()).not.toContain("<figure");
  });

  test("is highlighted when it closes, and what follows begins a new tail", () => {
    const answer = streamed(["```js\nlet a;\n", "```\n\n# b\n\nc"]);
    expect(answer.closed).toEqual(renderBlocks("```js\nlet a;\n```\n\n# b"));
    expect(answer.closed[0]).toContain("hljs-keyword");
    expect(answer.tailText).toBe("c");
  });

  test("two in one chunk", () => {
    const source = "```js\na\n```\n```ts\nb\n```\n\n~~~\nc";
    const answer = streamed([source]);
    expect(answer.closed).toEqual(renderBlocks(source).slice(0, 2));
    expect(answer.tailText).toBe("~~~\nc");
  });

  test("its closing line is not shown as code while it comes", () => {
    const answer = new GrowingMarkdown();
    const shown = ["```\na\n", "`", "``", "x"].map((chunk) => {
      answer.append(chunk);
      answer.settle();
      return codeIn(answer.tailHtml());
    });
    expect(shown).toEqual(["a\n", "a\n", "a\n", "a\n```x"]);
  });
});
