import { describe, expect, test } from "vitest";
import { renderBlocks } from "./blocks";
import { renderFormula } from "./math";
import { MAX_FORMULA_CHARACTERS } from "./math-block";
import { mathMl } from "./mathml";

const html = (source: string) => renderBlocks(source).join("\n");
const formulas = (source: string) =>
  [...html(source).matchAll(/<annotation encoding="application\/x-tex">([^<]*)/g)].map(
    (match) => match[1],
  );

describe("formulas", () => {
  test.each([
    ["$E = mc^2$", ["E = mc^2"]],
    ["\\(a_b\\) and \\[x^2\\]", ["a_b", "x^2"]],
    ["so $$x$$ it is", ["x"]],
    ["函数$f(x)$在$n$", ["f(x)", "n"]],
    ["the $n$th and $x$s", ["n", "x"]],
    ["($a$), $b$-axis: $c$.", ["a", "b", "c"]],
    ["$5$ and $2x$ and $\\$3$", ["5", "2x", "\\$3"]],
    ["$$\nx\n= y\n$$", ["x\n= y"]],
    ["$$x$$", ["x"]],
    ["para\n$$\nx\n$$\nmore", ["x"]],
    ["\\[\nx\n\\]", ["x"]],
    ["- $$x$$\n- \\[\n  y\n  \\]", ["x", "y"]],
    ["> $$\n> x\n> $$", ["x"]],
    ["| $a$ | $b$ |\n|-|-|", ["a", "b"]],
    ["**$a$** [$b$](https://c.example)", ["a", "b"]],
  ])("%j", (source, expected) => {
    expect(formulas(source)).toEqual(expected);
  });

  test("are MathML, on lines of their own in a box that scrolls", () => {
    const math = (display: string) =>
      `<math${display}><semantics><mrow><mi>x</mi></mrow>` +
      '<annotation encoding="application/x-tex">x</annotation></semantics></math>';
    expect(html("$x$")).toBe(`<p>${math("")}</p>`);
    expect(html("$$\nx\n$$")).toBe(
      `<div class="math" tabindex="0" role="group" aria-label="Formula">${math(' display="block"')}</div>`,
    );
  });
});

describe("no formulas", () => {
  test.each([
    "It costs $5 and $10.",
    "From $5 to $7, or US$5-US$10 ($3) ($4).",
    "Pay $5 per unit, or 10$.",
    "Between **$5** and **$10**.",
    "$HOME/$USER and $PATH:$PATH",
    "a $ b $ c and $ d$",
    "$5 `code$`",
    "$$ is the process",
    "$$\nunclosed",
    "$$\n\nblank$$",
    "\\\\(x\\\\)",
    "\\[note\\]",
    "\\(unclosed",
    "`$x$` and `\\(y\\)`",
    "\\$x\\$",
    "```\n$x$\n```",
  ])("%j", (source) => {
    expect(formulas(source)).toEqual([]);
  });
});

describe("formulas that are shown as source", () => {
  test.each([
    "\\frac{a",
    "\\unknown",
    "\\href{https://a.example}{x}",
    "\\htmlStyle{color:red}{x}",
    "\\includegraphics{a.png}",
    "\\def\\a{x}\\a",
    "\\newcommand{\\a}{x}\\a",
    "\\let\\a=b",
    `\\begin{matrix}${"&".repeat(1900)}\\end{matrix}`,
    "x".repeat(MAX_FORMULA_CHARACTERS + 1),
  ])("%j", (tex) => {
    expect(renderFormula(tex, false)).toBeNull();
  });

  test("in their place", () => {
    expect(html("so $\\unknown <b>$")).toBe("<p>so <code>\\unknown &lt;b&gt;</code></p>");
    expect(html("$$\n\\unknown\n$$")).toContain("<figcaption>tex</figcaption>");
  });
});

test("colours, sizes of type and styles are left out of formulas, long shifts too", () => {
  const tex = "\\color{red}x \\colorbox{#00f}{y} {\\Huge z} \\raisebox{999em}{w} \\rule{99em}{1em}";
  const math = renderFormula(tex, false);
  expect(math).not.toBeNull();
  expect(math?.replace(/<annotation.*/, "")).not.toMatch(
    /red|#00f|color|background|mathsize|\sstyle=|999|99em/,
  );
});

test("what does not look like KaTeX's output is refused", () => {
  expect(mathMl('<span class="katex"><math><mi>x</mi></math></span>')).toBe(
    "<math><mi>x</mi></math>",
  );
  expect(mathMl("<math><img src=x></math>")).toBeNull();
  expect(mathMl("<math><a></a></math>")).toBeNull();
  expect(mathMl("<math><mi>x < y</mi></math>")).toBeNull();
});
