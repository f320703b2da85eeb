import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { CLAIMED_MS, CLAIMED_TOKENS, ERROR_DETAIL_CHARACTERS } from "~/limits";
import { factsOf } from "./generation-facts";
import { count, name, record, text, time, within } from "./values";

test.each([
  ["seconds", 1_717_236_000, 1_717_236_000_000],
  ["seconds with a fraction", 1_717_236_000.25, 1_717_236_000_250],
  ["milliseconds", 1_717_236_000_123, 1_717_236_000_123],
  ["microseconds", 1_717_236_000_123_000, 1_717_236_000_123],
  ["nanoseconds", 1_717_236_000_123_000_000, 1_717_236_000_123],
  ["a date", "2024-06-01T10:00:00.250Z", 1_717_236_000_250],
  ["no number", Number.NaN, null],
  ["nothing", null, null],
  ["before time", -5, null],
  ["after time", "+275760-01-01T00:00:00Z", null],
  ["words", "yesterday", null],
  ["no unit at all", 1e306, null],
  ["the largest number", Number.MAX_VALUE, null],
  ["the largest number, before time", -Number.MAX_VALUE, null],
  ["the smallest number", Number.MIN_VALUE, 0],
])("a time in %s", (_, value, expected) => {
  expect(v.parse(time, value)).toBe(expected);
});

test("every number and every text that JSON can hold gives a value that can be stored and shown, or none", () => {
  const value = fc
    .tuple(fc.double(), fc.nat(1_000_000), fc.nat(4))
    .map(
      ([number, year, form]) =>
        [number, String(number), `${year}-01-01`, [number], { number }][form],
    );
  const property = fc.property(fc.oneof(value, fc.jsonValue()), (given) => {
    const moment = v.parse(time, given);
    if (moment !== null) expect(new Date(moment).toISOString()).toMatch(/^\d{4}-/);
    const whole = v.parse(count(1_000), given);
    if (whole !== null) expect(whole >= 0 && whole <= 1_000 && Number.isInteger(whole)).toBe(true);
    const between = v.parse(within(1, 2), given);
    if (between !== null) expect(between >= 1 && between <= 2).toBe(true);
    expect(v.parse(text, given).isWellFormed()).toBe(true);
  });
  fc.assert(property, { seed: Number(process.env.SEED ?? 7), numRuns: 20_000 });
});

test("figures that cannot be true are left out", () => {
  const claims = {
    createdAt: 1e306,
    endedAt: Number.MAX_VALUE,
    answerMs: 1e-300,
    promptMs: -1,
    loadMs: 1e12,
    totalMs: Number.POSITIVE_INFINITY,
    answerTokens: -5,
    promptTokens: 1e300,
    contextTokens: "many",
    asked: { characters: -1 },
  };
  expect(factsOf(claims)).toMatchObject({
    createdAt: 0,
    endedAt: null,
    answerMs: null,
    promptMs: null,
    loadMs: null,
    totalMs: null,
    answerTokens: null,
    promptTokens: null,
    contextTokens: null,
    asked: {},
  });
  expect(factsOf({ answerMs: 0, loadMs: 12.5, answerTokens: 7.4 })).toMatchObject({
    answerMs: 0,
    loadMs: 12.5,
    answerTokens: 7,
  });
});

test("figures are taken up to a limit", () => {
  const claims = (more: number) => ({
    ...{ answerMs: CLAIMED_MS + more, totalMs: CLAIMED_MS + more },
    ...{ answerTokens: CLAIMED_TOKENS + more, contextTokens: CLAIMED_TOKENS + more },
  });
  expect(factsOf(claims(0))).toMatchObject(claims(0));
  expect(factsOf(claims(1))).toMatchObject({
    ...{ answerMs: null, totalMs: null, answerTokens: null, contextTokens: null },
  });
});

test("why an answer failed is cut off at a limit, also in the middle of a character", () => {
  const most = "x".repeat(ERROR_DETAIL_CHARACTERS);
  expect(factsOf({ errorDetail: most }).errorDetail).toBe(most);
  expect(factsOf({ errorDetail: `${most}x` }).errorDetail).toBe(most);
  const emoji = `${most.slice(1)}🌊`;
  expect(factsOf({ errorDetail: emoji }).errorDetail).toBe(`${most.slice(1)}\ufffd`);
});

test("text can be stored and shown", () => {
  expect(v.parse(text, "a\0b\ud800")).toBe("a\ufffdb\ufffd");
  expect([1, null, ["a"]].map((value) => v.parse(text, value))).toEqual(["", "", ""]);
  expect(v.parse(name, "x".repeat(1_000))).toHaveLength(255);
  expect(v.parse(name, "")).toBeNull();
});

test.each([undefined, null, 1, "a", [], [1], { a: 1 }])(
  "a record of %j has all its fields",
  (value) => {
    const fields = record({ text, name, inner: record({ time, count: count(1) }) });
    expect(v.parse(fields, value)).toEqual({
      text: "",
      name: null,
      inner: { time: null, count: null },
    });
  },
);
