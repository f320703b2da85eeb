import { describe, expect, test } from "vitest";
import { changes } from "./change";
import { swapped } from "./testing/page";

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
    expect(swapped(before, changes(before, after))).toBe(after);
  });
});
