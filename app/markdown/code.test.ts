import { describe, expect, test } from "vitest";
import { renderBlocks } from "./blocks";
import { highlight, MAX_HIGHLIGHTED_CHARACTERS } from "./highlight";

const html = (source: string) => renderBlocks(source).join("\n");

const frame = (label: string, classes: string, code: string) =>
  `<figure class="code"><figcaption>${label}</figcaption><pre tabindex="0">` +
  `<code class="${classes}">${code}</code></pre></figure>`;

describe("frames", () => {
  test("a language is label, class and colours", () => {
    expect(html("```ts\nlet a = 1;\n```")).toBe(
      frame(
        "ts",
        "hljs language-ts",
        '<span class="hljs-keyword">let</span> a = <span class="hljs-number">1</span>;\n',
      ),
    );
  });

  test.each([
    ["```\na <b>\n```", "text", "hljs", "a &lt;b&gt;\n"],
    ["    a\n\n    b", "text", "hljs", "a\n\nb\n"],
    ["~~~\n```\n~~~", "text", "hljs", "```\n"],
    ["````nu\n```\n````", "nu", "hljs language-nu", "```\n"],
    ["``` Klingon x=1\nqapla\n```", "Klingon", "hljs language-klingon", "qapla\n"],
    ['```c++" onload=1\n\n```', "c++&quot;", "hljs language-c++", "\n"],
    ["```py:main.py\n```", "py:main.py", "hljs language-py", ""],
    ["```{.py}\n```", "{.py}", "hljs language-py", ""],
    ["```<b>\n```", "&lt;b&gt;", "hljs language-b", ""],
    [`\`\`\`${"x".repeat(99)}\n\`\`\``, "x".repeat(32), `hljs language-${"x".repeat(32)}`, ""],
  ])("%j", (source, label, classes, code) => {
    expect(html(source)).toBe(frame(label, classes, code));
  });

  test("a fence that is never closed is highlighted in the end all the same", () => {
    expect(html("```ts\nlet")).toContain('<span class="hljs-keyword">let</span>');
  });
});

describe("highlighting", () => {
  test.each([
    "ts",
    "TSX",
    "py",
    "sh",
    "c++",
    "c#",
    "html",
    "toml",
    "yml",
    "rs",
    "golang",
    "dockerfile",
  ])("%s is known", (language) =>
    expect(html(`\`\`\`${language}\n"a" # 1\n\`\`\``)).toMatch(
      /<span class="hljs-|<code[^>]*>&quot;/,
    ),
  );

  test("what spans lines keeps its colour past the portions in which code is handed over", () => {
    const comment = `/*\n${"a line of words\n".repeat(40)}*/\n`;
    const coloured = highlight(`${comment}let a;\n`, "js") ?? "";
    const outside = coloured.replace(/<span class="hljs-comment">[^<]*<\/span>/g, "");
    expect(coloured).toContain("hljs-comment");
    expect(outside).toBe('\n<span class="hljs-keyword">let</span> a;\n');
  });

  test("the text stays the same", () => {
    const code = `const a = \`x \${b}\n</code>\`; // "é" 🌊 'q' & <b>\n`.repeat(40);
    const text = highlight(code, "ts")
      ?.replace(/<[^>]*>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&");
    expect(text).toBe(code);
  });

  test("long code is plain", () => {
    expect(highlight("a".repeat(MAX_HIGHLIGHTED_CHARACTERS), "js")).not.toBeNull();
    expect(highlight("a".repeat(MAX_HIGHLIGHTED_CHARACTERS + 1), "js")).toBeNull();
  });
});
