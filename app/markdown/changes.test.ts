import { describe, expect, test } from "vitest";
import { addition, changes } from "./changes";
import { applyChanges } from "./testing/page";

describe("changes", () => {
  test.each([
    ["nothing", "<p>a</p>", "<p>a</p>", []],
    ["an addition", "<p>a</p>", "<p>ab</p>", [{ depth: 1, swap: "beforeend", html: "b" }]],
    [
      "another block",
      "<p>a</p>",
      "<h3>a</h3>",
      [{ depth: 0, swap: "innerHTML", html: "<h3>a</h3>" }],
    ],
    ["an end", "<p>a</p>", "", [{ depth: 0, swap: "innerHTML", html: "" }]],
    [
      "a word that turns bold costs its item",
      "<ul><li>long</li><li>**b</li></ul>",
      "<ul><li>long</li><li><strong>b</strong></li></ul>",
      [{ depth: 2, swap: "innerHTML", html: "<strong>b</strong>" }],
    ],
    [
      "and what came behind it",
      "<ul><li>long</li><li>**b</li></ul>",
      "<ul><li>long</li><li><strong>b</strong></li><li>c</li></ul><p>d</p>",
      [
        { depth: 2, swap: "innerHTML", html: "<strong>b</strong>" },
        { depth: 1, swap: "beforeend", html: "<li>c</li>" },
        { depth: 0, swap: "beforeend", html: "<p>d</p>" },
      ],
    ],
    [
      "additions in two places",
      "<ul><li>a</li></ul>",
      "<ul><li>ab</li><li>c</li></ul>",
      [
        { depth: 2, swap: "beforeend", html: "b" },
        { depth: 1, swap: "beforeend", html: "<li>c</li>" },
      ],
    ],
    [
      "a cell costs its row",
      "<table><tr><td>a</td><td></td></tr></table>",
      "<table><tr><td>ab</td><td></td></tr></table>",
      [{ depth: 2, swap: "innerHTML", html: "<td>ab</td><td></td>" }],
    ],
    [
      "a list that becomes loose costs all of it",
      "<ul><li>a</li><li>b</li></ul>",
      "<ul><li><p>a</p></li><li><p>b</p></li></ul>",
      [{ depth: 1, swap: "innerHTML", html: "<li><p>a</p></li><li><p>b</p></li>" }],
    ],
    [
      "a formula is replaced with what stands around it",
      "<p><math><mi>x</mi></math></p>",
      "<p><math><mi>y</mi></math></p>",
      [{ depth: 1, swap: "innerHTML", html: "<math><mi>y</mi></math>" }],
    ],
  ] as const)("%s", (_name, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
    expect(applyChanges(before, changes(before, after))).toBe(after);
  });
});

describe("additions", () => {
  test.each([
    ["nothing yet", "", "<p>a</p>", { depth: 0, html: "<p>a</p>" }],
    ["text", "<p>a</p>", "<p>a b</p>", { depth: 1, html: " b" }],
    ["an entity", "<p>a</p>", "<p>a &amp; b</p>", { depth: 1, html: " &amp; b" }],
    [
      "text behind an element",
      "<p><em>a</em></p>",
      "<p><em>a</em> b</p>",
      { depth: 1, html: " b" },
    ],
    ["text in an element", "<p>x <em>a</em></p>", "<p>x <em>ab</em></p>", { depth: 2, html: "b" }],
    ["an element", "<p>a</p>", "<p>a <em>b</em> c</p>", { depth: 1, html: " <em>b</em> c" }],
    ["empty elements", "<p>a</p>", "<p>a<br>b<hr/></p>", { depth: 1, html: "<br>b<hr/>" }],
    ["a next block", "<p>a</p>", "<p>a</p><p>b</p>", { depth: 0, html: "<p>b</p>" }],
    [
      "an item",
      "<ul><li>a</li></ul>",
      "<ul><li>a</li><li>b</li></ul>",
      { depth: 1, html: "<li>b</li>" },
    ],
    [
      "a list in an item",
      "<ul><li>a</li></ul>",
      "<ul><li>a<ul><li>b</li></ul></li></ul>",
      { depth: 2, html: "<ul><li>b</li></ul>" },
    ],
    ["behind text", "a", "a b", { depth: 0, html: " b" }],
    ["behind text after an element", "<p>a</p>b", "<p>a</p>bc", { depth: 0, html: "c" }],
    [
      "with line breaks between",
      "<ul>\n<li>a</li>\n</ul>\n",
      "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n",
      { depth: 1, html: "<li>b</li>\n" },
    ],
    [
      "behind a formula",
      "<p><math><mi>x</mi></math></p>",
      "<p><math><mi>x</mi></math> a</p>",
      { depth: 1, html: " a" },
    ],
    [
      "an attribute with a bracket",
      "<p>a</p>",
      '<p>a<b title="</p>">c</b></p>',
      { depth: 1, html: '<b title="</p>">c</b>' },
    ],
  ])("%s", (_name, before, after, expected) => {
    expect(addition(before, after)).toEqual(expected);
    expect(applyChanges(before, [{ ...expected, swap: "beforeend" }])).toBe(after);
  });

  test.each([
    ["the same", "<p>a</p>", "<p>a</p>"],
    ["less", "<p>ab</p>", "<p>a</p>"],
    ["other text", "<p>ab</p>", "<p>ac d</p>"],
    ["another element", "<p>a</p>", "<h3>a b</h3>"],
    ["text that became an element", "<p>*a</p>", "<p><em>a</em></p>"],
    ["an attribute more", "<ol><li>a</li></ol>", '<ol start="2"><li>a</li></ol>'],
    ["a paragraph around the item", "<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>"],
    ["two places", "<ul><li>a</li></ul>", "<ul><li>ab</li><li>c</li></ul>"],
    ["half of an emoji", "<p>a\ud83c</p>", "<p>a\ud83c\udf0a</p>"],
    ["the inside of a formula", "<math><mi>x</mi></math>", "<math><mi>x</mi><mi>y</mi></math>"],
  ])("is not %s", (_name, before, after) => {
    expect(addition(before, after)).toBeNull();
  });
});
