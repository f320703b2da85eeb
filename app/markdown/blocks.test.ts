import { describe, expect, test } from "vitest";
import { renderBlocks } from "./blocks";

const html = (source: string) => renderBlocks(source).join("\n");

describe("CommonMark", () => {
  test.each([
    ["two\nlines", "<p>two\nlines</p>"],
    ["hard  \nbreak\\\nagain", "<p>hard<br>break<br>again</p>"],
    [
      "**b** *e* __b__ _e_ `c`",
      "<p><strong>b</strong> <em>e</em> <strong>b</strong> <em>e</em> <code>c</code></p>",
    ],
    ["**unclosed and `open", "<p>**unclosed and `open</p>"],
    ["a_b_c and 2 * 3 * 4", "<p>a_b_c and 2 * 3 * 4</p>"],
    ["\\*no\\* &amp; &copy; &bogus;", "<p>*no* &amp; © &amp;bogus;</p>"],
    ["a <b>c</b> & d", "<p>a &lt;b&gt;c&lt;/b&gt; &amp; d</p>"],
    ["para\n#no", "<p>para\n#no</p>"],
    ["***", "<hr>"],
    ["> a\nlazy\n> - b", "<blockquote><p>a\nlazy</p><ul><li>b</li></ul></blockquote>"],
    ["- a\n- b\n  1. c", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>"],
    ["- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"],
    ["- a\n-", "<ul><li>a</li><li></li></ul>"],
    ["3. c\n4. d", '<ol start="3"><li>c</li><li>d</li></ol>'],
    ["a\r\nb\rc", "<p>a\nb\nc</p>"],
  ])("%j", (source, expected) => {
    expect(html(source)).toBe(expected);
  });

  test("headings stand below those of the page", () => {
    expect(html("# a\n## b ##\n###### c\nd\n===\ne\n---")).toBe(
      "<h3>a</h3>\n<h4>b</h4>\n<h6>c</h6>\n<h3>d</h3>\n<h4>e</h4>",
    );
  });

  test("definitions work from anywhere and show nothing", () => {
    const link =
      '<a href="https://a.example" rel="noopener noreferrer" hx-boost="false" title="T">a</a>';
    expect(renderBlocks("[a]\n\n[a]: https://a.example 'T'")).toEqual([`<p>${link}</p>`]);
  });

  test("nothing gives no blocks", () => {
    expect(["", "\n", " \n\t\n\r\n"].map(renderBlocks)).toEqual([[], [], []]);
  });
});

describe("GFM", () => {
  test("tables stand in a box that scrolls and say the side by class", () => {
    expect(html("| a | b | c |\n|:--|:-:|--:|\n| **1** | x\\|y |\n| 2 |")).toBe(
      '<div class="table" tabindex="0" role="region" aria-label="Table"><table><thead><tr>' +
        '<th class="align-left">a</th><th class="align-center">b</th><th class="align-right">c</th></tr></thead>' +
        '<tbody><tr><td class="align-left"><strong>1</strong></td><td class="align-center">x|y</td>' +
        '<td class="align-right"></td></tr><tr><td class="align-left">2</td><td class="align-center"></td>' +
        '<td class="align-right"></td></tr></tbody></table></div>',
    );
  });

  test("task lists have boxes that are named by their text", () => {
    expect(html("- [ ] a **b**\n- [x] c\n- [y] d\n- [ ]\n- [X] e\n\n  f")).toContain(
      '<li><p><label><input type="checkbox" disabled=""> a <strong>b</strong></label></p></li>' +
        '<li><p><label><input type="checkbox" disabled="" checked=""> c</label></p></li><li><p>[y] d</p></li>',
    );
    expect(html("[x] no list")).toBe("<p>[x] no list</p>");
  });

  test("two tildes strike through, one is about", () => {
    expect(html("~~a~~ ~5 to ~6")).toBe("<p><s>a</s> ~5 to ~6</p>");
  });

  test.each([
    ["https://a.example/b?c=d&e.", "https://a.example/b?c=d&amp;e"],
    ["http://a.example/(b)", "http://a.example/(b)"],
    ["www.a.example/b", "http://www.a.example/b"],
    ["<https://a.example>", "https://a.example"],
    ["me@a.example", "mailto:me@a.example"],
    ["[x](https://a.example)", "https://a.example"],
    ["[x](mailto:me@a.example)", "mailto:me@a.example"],
  ])("%j links", (source, href) => {
    expect(html(source)).toContain(`<a href="${href}" rel="noopener noreferrer" hx-boost="false">`);
  });

  test.each(["README.md and main.rs", "ftp://a.example", "//a.example", "a:b", "localhost:3000"])(
    "%j does not",
    (source) => expect(html(source)).toBe(`<p>${source}</p>`),
  );
});

test("links do not nest", () => {
  const outer =
    '<a href="https://b.example" rel="noopener noreferrer" hx-boost="false">https://a.example</a>';
  expect(html("[<https://a.example>](https://b.example)")).toBe(`<p>${outer}</p>`);
  expect(html("[<https://a.example>](#b)")).toContain('<a href="https://a.example"');
});

describe("pictures", () => {
  test.each([
    ["![a **b**](https://p.example/c.png 'T')", "a b", ' title="T"'],
    ["![](https://p.example/c.png)", "https://p.example/c.png", ""],
  ])("%j is a link", (source, label, title) => {
    const link = `<a class="image-link" href="https://p.example/c.png" rel="noopener noreferrer" hx-boost="false"${title}>${label}</a>`;
    expect(html(source)).toBe(`<p>${link}</p>`);
  });

  test("inside a link they are its text", () => {
    expect(html("[![a](https://p.example/c.png)](https://b.example)")).toBe(
      '<p><a href="https://b.example" rel="noopener noreferrer" hx-boost="false">a</a></p>',
    );
  });
});
