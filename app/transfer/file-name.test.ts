import { expect, test } from "vitest";
import { contentDisposition, fileName } from "./file-name";

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

test.each([
  ["a b.md", `attachment; filename="a b.md"; filename*=UTF-8''a%20b.md`],
  [
    "Flüt'(1)*.md",
    `attachment; filename="Flut'(1)*.md"; filename*=UTF-8''Fl%C3%BCt%27%281%29%2A.md`,
  ],
  ["潮.md", `attachment; filename="conversation.md"; filename*=UTF-8''%E6%BD%AE.md`],
  [
    'a"\r\nSet-Cookie: x',
    `attachment; filename="aSet-Cookie: x"; filename*=UTF-8''a%22%0D%0ASet-Cookie%3A%20x`,
  ],
])("%j in a header", (name, header) => {
  expect(contentDisposition(name)).toBe(header);
});
