import { describe, expect, test } from "vitest";
import { fillPlaceholders, placeholdersOf, segmentsOf } from "./placeholders";

describe("the places of a saved prompt", () => {
  const NAMES: [text: string, names: string[]][] = [
    ["Nothing to fill.", []],
    ["Explain {{topic}} to {{ reader }}.", ["topic", "reader"]],
    ["{{a}} and {{b}} and {{ a }}", ["a", "b"]],
    ["{{}} {{ }} {{\t}}", []],
    ["{{a {{b}} }}", ["b"]],
    ["{{{x}}}", ["x"]],
    ["{{two\nlines}}", []],
    ["{{open", []],
    ["{{A}}{{a}}", ["A", "a"]],
    ["{{Größe}} {{主題}} {{two words}}", ["Größe", "主題", "two words"]],
    [`{{${"x".repeat(101)}}}`, []],
    ["{{$&}} {{constructor}}", ["$&", "constructor"]],
  ];
  for (const [text, names] of NAMES) {
    test(JSON.stringify(text.slice(0, 40)), () => expect(placeholdersOf(text)).toEqual(names));
  }

  test("and the text between them are the whole text", () => {
    expect(segmentsOf("a {{b}}c{{}}")).toEqual([{ text: "a " }, { name: "b" }, { text: "c{{}}" }]);
    expect(segmentsOf("")).toEqual([]);
  });
});

describe("filling in", () => {
  test("puts each value in every place of its name", () => {
    const fill = (name: string) => ({ topic: "the tides", reader: "a child" })[name] ?? "";
    expect(fillPlaceholders("{{topic}} for {{reader}}: {{ topic }}!", fill)).toBe(
      "the tides for a child: the tides!",
    );
  });

  test("takes values as they are", () => {
    expect(fillPlaceholders("{{a}}", () => "$& {{b}} $1")).toBe("$& {{b}} $1");
    expect(fillPlaceholders("{{a}}{{b}}", (name) => (name === "a" ? "{{b}}" : "x"))).toBe("{{b}}x");
  });

  test("leaves nothing in a place without a value", () => {
    expect(fillPlaceholders("a{{x}}b {{}}", () => "")).toBe("ab {{}}");
  });
});
