import { expect, test } from "vitest";
import { TITLE_CHARACTERS } from "~/limits";
import { checkTitle } from "./title";

test("a title stands on one line, without space around it", () => {
  expect(checkTitle("  High\r\ntide \t in  Brest\n")).toBe("High tide in Brest");
});

test("an empty title is refused", () => {
  for (const raw of [undefined, "", " \n "]) expect(() => checkTitle(raw)).toThrow("empty");
});

test("a title has a limit of characters, as a person counts them", () => {
  const longest = "🌊".repeat(TITLE_CHARACTERS);
  expect(checkTitle(longest)).toBe(longest);
  expect(() => checkTitle(`${longest}a`)).toThrow(`${TITLE_CHARACTERS + 1} characters`);
});
