import { expect, test } from "vitest";
import { fenced } from "./fenced";
import { nameOf, textOf, timeOf } from "./values";

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
])("a time in %s", (_, value, time) => {
  expect(timeOf(value)).toBe(time);
});

test("text can be stored and shown", () => {
  expect(textOf("a\0b\ud800")).toBe("a\ufffdb\ufffd");
  expect([textOf(1), textOf(null), textOf(["a"])]).toEqual(["", "", ""]);
  expect(nameOf("x".repeat(1_000))).toHaveLength(255);
  expect(nameOf("")).toBeNull();
});

test("code cannot close its fence", () => {
  expect(fenced("a\n````\nb\n", "sh")).toBe("`````sh\na\n````\nb\n`````");
  expect(fenced("a", "no language at all")).toBe("```\na\n```");
});
