import { expect, test } from "vitest";
import { FILE_NAME_CHARACTERS } from "~/limits";
import { cleanName, endingOf } from "./name";

test.each([
  ["tide.png", "tide.png"],
  ["../../etc/passwd", "passwd"],
  ["C:\\Users\\me\\tide.png", "tide.png"],
  ["a%22b%0D%0Ac.txt", 'a"b c.txt'],
  ["invoice\u202egnp.exe", "invoicegnp.exe"],
  ["\u200fhigh\u0000 water\t.md ", "high water .md"],
  ["潮の満ち引き.csv", "潮の満ち引き.csv"],
  ["", "file"],
  ["..", "file"],
  ["/", "file"],
])("%j is kept as %j", (raw, kept) => {
  expect(cleanName(raw)).toBe(kept);
});

test("a name at its limit is kept, and a longer one is cut before its ending", () => {
  const longest = `${"🌊".repeat(FILE_NAME_CHARACTERS - 4)}.csv`;
  expect(cleanName(longest)).toBe(longest);
  const name = cleanName(`🌊${longest}`);
  expect([...name]).toHaveLength(FILE_NAME_CHARACTERS);
  expect(name).toMatch(/🌊…\.csv$/);
});

test("an ending is in small letters, and many names have none", () => {
  expect(endingOf("TIDE.Png")).toBe("png");
  expect(endingOf("Makefile")).toBe("");
  expect(endingOf("Mr. Smith")).toBe("");
});
