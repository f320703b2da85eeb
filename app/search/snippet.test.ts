import { describe, expect, test } from "vitest";
import { highlight, type Segment, snippetOf } from "./snippet";

const words = (...texts: string[]) =>
  texts.map((text) => ({ text: text.replace(/\*$/, ""), prefix: text.endsWith("*") }));
const shown = (segments: Segment[]) =>
  segments.map(({ text, hit }) => (hit ? `[${text}]` : text)).join("");

describe("hits", () => {
  const TEXTS: [text: string, looked: string[], marked: string][] = [
    ["Cat, cats, catalogue", ["cat"], "[Cat], cats, catalogue"],
    ["Cat, cats, catalogue", ["cat*"], "[Cat], [cat]s, [cat]alogue"],
    ["a high, tide; high tide", ["high tide"], "a [high, tide]; [high tide]"],
    ["const high_tide = 1", ["tide", "1"], "const high_[tide] = [1]"],
    ["Où est la Crème brûlée ?", ["creme brulee", "ou"], "[Où] est la [Crème brûlée] ?"],
    ["cafe\u0301 and café", ["CAFÉ"], "[cafe\u0301] and [café]"],
    ["Ångström", ["angst*"], "[Ångst]röm"],
    ["日本語のデータベース", ["データ"], "日本語の[データ]ベース"],
    ["GPT4を使う", ["使"], "GPT4を[使]う"],
    ["がぎ", ["が"], "[が]ぎ"],
    ["กินข้าวกับปลา", ["ข้าว"], "กิน[ข้าว]กับปลา"],
    ["한국어를 배우다", ["국어"], "한[국어]를 배우다"],
    ["שָׁלוֹם", ["שלום"], "[שָׁלוֹם]"],
    ["👍 fine 👍", ["fine"], "👍 [fine] 👍"],
    ["nothing of it", ["(", "tide"], "nothing of it"],
  ];
  for (const [text, looked, expected] of TEXTS) {
    test(`${looked} in ${text}`, () =>
      expect(shown(highlight(text, words(...looked)))).toBe(expected));
  }
});

describe("a snippet", () => {
  test("of a short text is the text", () => {
    expect(shown(snippetOf("The\n  tide", words("tide")))).toBe("The [tide]");
  });

  test("stands around the first hit, cut between words", () => {
    const text = `${"before ".repeat(100)}the tide and the tide ${"after ".repeat(100)}`;
    const snippet = shown(snippetOf(text, words("tide")));
    expect(snippet).toMatch(/^… before .*before the \[tide\] and the \[tide\] after .* after …$/);
    expect(snippet.length).toBeLessThan(260);
  });

  test("finds a hit deep in a long text", () => {
    const text = `${"wörd ".repeat(60_000)}needle`;
    expect(shown(snippetOf(text, words("needle")))).toMatch(/^… wörd .* \[needle\]$/);
  });

  test("of a text without the words is its beginning", () => {
    expect(shown(snippetOf("word ".repeat(100), words("else")))).toMatch(/^word .* …$/);
  });

  test("cuts no character", () => {
    const family = "👨‍👩‍👧";
    const snippet = shown(
      snippetOf(`${family.repeat(100)}needle${family.repeat(100)}`, words("needle")),
    );
    expect(snippet.isWellFormed()).toBe(true);
    expect(snippet.replaceAll(family, "")).toBe("… [needle] …");
  });
});

test.each([
  ["joiners", "\u200d"],
  ["joined letters", "a\u200d"],
  ["accents", "\u0301"],
  ["pictures in two halves", "\u{1f30a}\u200d"],
])("a long text of %s costs about what other text of its size does", (_, part) => {
  const text = part.repeat(2_000_000 / part.length);
  const prose = "wörd ".repeat(400_000);
  const time = (act: () => unknown) => {
    const begun = performance.now();
    act();
    return performance.now() - begun;
  };
  const ordinary = time(() => snippetOf(prose, words("needle")));
  expect(time(() => snippetOf(text, words("needle")))).toBeLessThan(20 * Math.max(ordinary, 20));
  expect(snippetOf(text, words("needle")).every((segment) => segment.text.isWellFormed())).toBe(
    true,
  );
});
