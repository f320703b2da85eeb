import { expect, test } from "vitest";
import { fileName } from "./conversation-export";

test.each([
  ["High tide", "High tide"],
  ['a/b\\c:d*e?f"g<h>i|j', "a b c d e f g h i j"],
  ["../../etc/passwd", "etc passwd"],
  [".hidden.", "hidden"],
  ["\u202egnp.exe\u0000", "gnp.exe"],
  ["con", "conversation con"],
  ["   ", "conversation"],
  ["é".normalize("NFD"), "é"],
  ["潮".repeat(200), "潮".repeat(80)],
])("%j is a file called %j", (title, name) => {
  expect(fileName(title)).toBe(name);
});
