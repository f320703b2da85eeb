import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "./read-conversation";

const parse = (text: string) => parseJson(new TextEncoder().encode(text));
/** More than is parsed at once. */
const LONG = 'a "quoted\\" 日本 word 👩‍🚀\n'.repeat(4_000);
const LARGE = {
  [LONG]: [1, "", LONG, null, { deep: [[LONG, -1.5e3], []], empty: {} }],
  many: Array.from({ length: 5_000 }, (_, n) => ({ n, text: `"${n}\\`, none: null })),
  "": true,
};

test.each<[string, string]>([
  ["small", '{"a": [1, {"b": "}"}], "c": null}'],
  ["large", JSON.stringify(LARGE)],
  ["large and spread out", JSON.stringify(LARGE, null, "\t")],
  ["a long text alone", JSON.stringify(LONG)],
  ["a number", " 12 "],
  ["much of nothing", `[{${" ".repeat(100_000)}}, [${"\n".repeat(100_000)}]]`],
  ["a name twice", `{"a": 1, "b": "${"x".repeat(100_000)}", "a": 2}`],
  ["text that ends in backslashes", JSON.stringify(["\\".repeat(100_001), '\\"', "x\\"])],
])("gives what JSON.parse gives: %s", async (_, text) => {
  expect(await parse(text)).toEqual(JSON.parse(text));
});

test("a name is never more than a name", async () => {
  const value = (await parse(`{"__proto__": {"x": 1}, "b": "${"x".repeat(100_000)}"}`)) as object;
  expect(Object.keys(value)).toEqual(["__proto__", "b"]);
  expect("x" in value).toBe(false);
});

const FILL = `"${"x".repeat(100_000)}"`;
test.each([
  "",
  "{",
  "tru",
  "[1] 2",
  `[${FILL}`,
  `[${FILL},]`,
  `[,${FILL}]`,
  `[${FILL} 1]`,
  `[${FILL}}`,
  `[${FILL}, nul]`,
  `{${FILL}}`,
  `{"a" ${FILL}}`,
  `{"a": ${FILL},}`,
  `{a: ${FILL}}`,
  `{"a": ${FILL}`,
  `{"a": ${FILL.slice(0, -1)}`,
  `[${FILL}] x`,
  `[${"1".repeat(70_000)}x, ${FILL}]`,
])("throws for what JSON.parse throws for: %#", async (text) => {
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
  await expect(parse(text)).rejects.toThrow(SyntaxError);
});

test("any large text gives what JSON.parse gives, or fails with it", async () => {
  const value = fc.jsonValue({ stringUnit: "binary", depthSize: "medium" });
  const flaw = fc.option(fc.tuple(fc.nat(), fc.constantFrom(...'{}[]:,"\\0x')), { freq: 1 });
  await fc.assert(
    fc.asyncProperty(value, fc.nat(70_000), flaw, async (inside, before, wrong) => {
      const json = `[${" ".repeat(before)}${JSON.stringify(inside)},"${"é".repeat(40_000)}"]`;
      const at = (wrong?.[0] ?? 0) % (json.length - 40_000);
      const text = wrong ? json.slice(0, at) + wrong[1] + json.slice(at + 1) : json;
      let expected: unknown;
      try {
        expected = JSON.parse(text);
      } catch {
        await expect(parse(text)).rejects.toThrow(SyntaxError);
        return;
      }
      expect(await parse(text)).toEqual(expected);
    }),
    { numRuns: 150 },
  );
}, 30_000);
