import { expect, test } from "vitest";
import { attachment } from "./download";

test.each([
  ["a b.md", 'attachment; filename="a b.md"'],
  [
    "Flüt'(1)*.md",
    `attachment; filename="Flut'(1)*.md"; filename*=UTF-8''Fl%C3%BCt%27%281%29%2A.md`,
  ],
  ["潮.md", "attachment; filename=conversation.md; filename*=UTF-8''%E6%BD%AE.md"],
  [
    'a"\r\nSet-Cookie: x',
    `attachment; filename="aSet-Cookie: x"; filename*=UTF-8''a%22%0D%0ASet-Cookie%3A%20x`,
  ],
  ["100%25.md", `attachment; filename=10025.md; filename*=UTF-8''100%2525.md`],
])("%j in a header", (name, header) => {
  expect(attachment(name)).toBe(header);
});
