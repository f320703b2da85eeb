import { describe, expect, test } from "vitest";
import { renderBlocks } from "./blocks";
import { GrowingMarkdown } from "./incremental";
import { streamed } from "./testing/growing";

/** The number of closed blocks and the source of the open tail, after each chunk. */
const steps = (...chunks: string[]) => {
  const answer = new GrowingMarkdown();
  return chunks.map((chunk) => {
    answer.append(chunk);
    answer.settle();
    return `${answer.closed.length}: ${answer.tailText}`;
  });
};

describe("a block closes when no text can change it any more", () => {
  test.each([
    ["a heading with its line", ["# a", " b", "\n"], ["0: # a", "0: # a b", "1: "]],
    ["a paragraph with a blank line", ["a\n", "b\n", "\nc"], ["0: a\n", "0: a\nb\n", "1: c"]],
    [
      "a paragraph with a heading's line",
      ["a\n#b", "\n# c", "\n"],
      ["0: a\n#b", "0: a\n#b\n# c", "2: "],
    ],
    ["a quote with a blank line", ["> a\nb\n", "\n"], ["0: > a\nb\n", "1: "]],
    ["a table with a blank line", ["|a|\n|-|\n", "|b|\n\n"], ["0: |a|\n|-|\n", "1: "]],
    [
      "a list with text at the margin",
      ["- a\n\n", "- b\n\n", "c"],
      ["0: - a\n\n", "0: - a\n\n- b\n\n", "1: c"],
    ],
    [
      "a list not with what may be an item",
      ["1. a\n\n", "1", "0 b\n"],
      ["0: 1. a\n\n", "0: 1. a\n\n1", "1: 10 b\n"],
    ],
    [
      "indented code with text",
      ["    a\n\n", "    b\n", "\nc"],
      ["0:     a\n\n", "0:     a\n\n    b\n", "1: c"],
    ],
    [
      "a formula with its last line",
      ["$$\nx\n", "$$", "\n"],
      ["0: $$\nx\n", "0: $$\nx\n$$", "1: "],
    ],
    ["a rule with its line", ["a\n\n---", "-\n"], ["1: ", "2: "]],
    ["an underlined heading with its line", ["a\n==", "=\n"], ["0: a\n", "1: "]],
    [
      "a heading with bars not with its line",
      ["# a | b\n", "-|-\n"],
      ["0: # a | b\n", "0: # a | b\n-|-\n"],
    ],
    [
      "code with its closing line",
      ["```js\na\n", "``", "`\nb"],
      ["0: ```js\na\n", "0: ```js\na\n", "1: b"],
    ],
    [
      "not what an open formula may yet swallow",
      ["a\n$$ b\n# c\n", "d $$\n"],
      ["0: a\n$$ b\n# c\n", "2: "],
    ],
  ])("%s", (_name, chunks, expected) => {
    expect(steps(...chunks)).toEqual(expected);
  });
});

describe("what is shown while it grows", () => {
  const shown = (source: string) => streamed([source]).tailHtml();

  test("a last line of marks waits, so that no paragraph turns into a heading and back", () => {
    const marks = [
      "-",
      "- ",
      "#",
      "##",
      "==",
      "*",
      "**",
      "> -",
      "|",
      "|-",
      "```",
      "```py",
      "~~~",
      "  ",
    ];
    for (const mark of marks) expect(shown(`a\n${mark}`)).toBe("<p>a</p>");
    expect(shown("- a\n-")).toBe("<ul><li>a</li></ul>");
  });

  test("an open fence is plain, in its frame, with its last line", () => {
    const frame =
      '<figure class="code"><figcaption>js</figcaption><pre tabindex="0"><code class="hljs language-js">';
    expect(shown("```js\nlet a;\nlet <b")).toBe(`${frame}let a;\nlet &lt;b</code></pre></figure>`);
    expect(shown("- ```js\n  let a;\n  let b")).toContain(
      `${frame}let a;\nlet b</code></pre></figure>`,
    );
  });

  test("a row grows cell by cell", () => {
    expect(shown("|a|b|\n|-|-|\n|c")).toContain("<tbody><tr><td>c</td><td></td></tr></tbody>");
  });

  test("half of an emoji or of a line break waits", () => {
    expect(streamed(["a \ud83c"]).tailHtml()).toBe("<p>a</p>");
    expect(streamed(["a \ud83c", "\udf0a"]).tailHtml()).toBe("<p>a 🌊</p>");
    expect(streamed(["a\r", "\nb"]).tailHtml()).toBe("<p>a\nb</p>");
  });

  test("text that was not settled is not shown yet", () => {
    const answer = streamed(["a"]);
    answer.append(" b");
    expect([answer.text, answer.tailText, answer.tailHtml()]).toEqual(["a b", "a", "<p>a</p>"]);
  });

  test("nothing", async () => {
    for (const text of ["", "\n", "\n \n\t\n\r\n"]) {
      const answer = streamed([text]);
      expect([answer.closed, answer.tailHtml(), await answer.finish()]).toEqual([
        [],
        "",
        { blocks: [], same: true },
      ]);
    }
  });
});

describe("references", () => {
  test("a definition serves the blocks after it", async () => {
    const text = "[a]: https://a.example\n\nfirst [a]\n\nsecond [a]\n\nthird [a]";
    const answer = streamed(text.match(/.{1,3}|\n/gs) ?? []);
    expect(answer.closed).toEqual(renderBlocks(text).slice(0, 2));
    expect(answer.tailHtml()).toContain('<a href="https://a.example"');
    expect((await answer.finish()).same).toBe(true);
  });

  test("one that comes late is mended in the end, and said", async () => {
    const answer = streamed(["see [a]\n\n", "[a]: https://a.exa", "mple\n\n", "end"]);
    expect(answer.closed[0]).toBe("<p>see [a]</p>");
    expect(await answer.finish()).toEqual({ blocks: renderBlocks(answer.text), same: false });
  });

  test("half of an address is no definition", () => {
    const answer = streamed(["see [b]\n\n[b]: https://b.exa"]);
    expect(answer.closed).toEqual(["<p>see [b]</p>"]);
    expect(streamed(["- see [b]\n\n[b]: https://b.exa"]).tailHtml()).toBe(
      "<ul><li>see [b]</li></ul>",
    );
  });
});
