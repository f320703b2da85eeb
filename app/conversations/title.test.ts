import { expect, test } from "vitest";
import { checkTitle } from "./title";

test("a title stands on one line, without space around it", () => {
  expect(checkTitle("  High\r\ntide \t in  Brest\n")).toBe("High tide in Brest");
});

test("an empty title is refused", () => {
  for (const raw of [undefined, "", " \n "]) expect(() => checkTitle(raw)).toThrow("empty");
});

test("a title has at most 255 characters, as a person counts them", () => {
  expect(checkTitle("🌊".repeat(255))).toBe("🌊".repeat(255));
  expect(() => checkTitle("a".repeat(256))).toThrow("256 characters");
});
