const sentences = [
  "The lighthouse at the end of the pier had been dark for years.",
  "Every evening somebody walked out to it with a lamp and a book.",
  "Nobody asked what the book was about, and nobody was told.",
  "When the wind came from the north the lamp went out, and the reading went on from memory.",
  "In the morning there was salt on the pages and on the steps.",
];

/** Prose of about that many words, in paragraphs with a heading now and then. */
export function longText(count: number): string {
  const paragraphs: string[] = [];
  for (let words = 0; words < count; words += sentences.join(" ").split(" ").length) {
    if (paragraphs.length % 6 === 0) paragraphs.push(`## Part ${paragraphs.length / 6 + 1}`);
    paragraphs.push(sentences.join(" "));
  }
  return paragraphs.join("\n\n");
}

const methods = Array.from(
  { length: 25 },
  (_, n) =>
    `  /** Step ${n + 1} of the walk. */\n  step${n + 1}(tree: Map<string, number[]>): boolean {\n    const found = tree.get("step ${n + 1}") ?? [];\n    return found.some((value) => value > ${n} && value < ${n * 10});\n  }`,
);

/** A long code block with a sentence on either side. */
export const typescriptText = `A class with many small methods:\n\n\`\`\`typescript\nexport class Walk {\n${methods.join("\n\n")}\n}\n\`\`\`\n\nCall them in order.`;

/** Formulas in a line and on their own. */
export const mathText =
  "The roots of $ax^2 + bx + c = 0$ are\n\n$$\nx = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}\n$$\n\nand with \\(a = 1\\) and \\(b = 0\\):\n\n\\[\nx = \\pm\\sqrt{-c}\n\\]\n\nso a price of $5 and one of $10 are no formula.";

/** A table with alignment, and text in every kind of cell. */
export const tableText =
  "| Bird | Length | Sings |\n| :--- | ---: | :---: |\n| Wren | 10 cm | yes |\n| **Owl** | 40 cm | `hoots` |\n| Heron | 95 cm | a < b & c > d |\n| Kiwi, flightless | 50 cm | at night |\n\nLengths are rough.";

/** What a page must show as text and nothing else. */
export const unsafeText =
  '<script>alert("script")</script>\n\n<img src=x onerror=alert(1)>\n\n[a link](javascript:alert(2)) and ![a picture](https://example.org/pixel.png)\n\n<div hx-get="/conversations" hx-trigger="load">htmx</div>\n\n```html\n</code></pre><script>alert("fence")</script>\n```';
