/** Text of exactly this length. */
export function filled(part: string, length: number): string {
  return part.repeat(Math.ceil(length / part.length)).slice(0, length);
}

/** Ordinary text of this length, to compare others with. */
export function benign(length: number): string {
  const paragraph =
    "The **moon** pulls on `water`, *more* where it is near; see [tides](https://t.example/a).\n\n";
  return filled(paragraph, length);
}

const PARTS: Record<string, string> = {
  "an address again and again": "https://a.example/x ",
  "addresses as long as are linked": `https://a.example/${"a".repeat(1_980)} `,
  "beginnings of addresses": "www.",
  "many beginnings of addresses": `${"www.".repeat(490)} `,
  schemes: "http://",
  "addresses of mail": "a@",
  "questions in addresses": `http://${"a?".repeat(990)} `,
  "brackets in addresses": `http://a.b/${"()".repeat(990)} `,
  "references in one another": "[a][",
  "opening brackets": "[",
  "closing brackets": "]",
  "opening links": "[a](",
  "links to angle brackets": "[a](<b",
  "opening pictures": "![",
  "pictures in one another": "![a](",
  "titles of links without end": '[a](b "',
  "formulas side by side": "$a$",
  formulas: "$a$ ",
  "dollar signs": "$",
  "formulas without end": "$$a",
  "formulas in brackets": "\\(a\\)",
  "formulas on lines of their own": "$$x$$\n",
  "formulas of many parts": `$${"\\frac{a}{b}".repeat(20)}$ `,
  emphasis: "*a",
  "strong emphasis": "**a",
  "emphasis of two kinds": "*a _b",
  "emphasis within words": "a**b*c",
  "underscores and letters": "_a",
  "crossed out": "~~a",
  tildes: "~",
  backticks: "`",
  "backticks and letters": "`a",
  "backticks of two lengths": "``a`",
  "quotes in one another": ">",
  "lines of quotes": "> a\n",
  "deep quotes": `${">".repeat(500)}a\n`,
  "lists in one another": "- ",
  "lines of a list": "- a\n",
  "lines of a numbered list": "1. a\n",
  "empty items": "-\n",
  tasks: "- [ ] a\n",
  "lists in quotes in lists": "- > ",
  "deep lists": `${"- ".repeat(200)}a\n`,
  "lines that a quote takes over": "> a\nb\n",
  "definitions of one label": "[a]: b\n",
  "definitions without end": "[a\n",
  "definitions with titles without end": '[a]: b "c\n',
  "definitions in angle brackets": "[a]: <b\n",
  "rows of a table": "|a|b|\n",
  "rows of dashes": "|-|-|\n",
  "heads of tables": "a|b\n",
  bars: "|",
  entities: "&amp;",
  "beginnings of entities": "&#x1",
  "opening angle brackets": "<",
  "tags of HTML": "<a ",
  "comments of HTML": "<!--",
  "addresses in angle brackets": "<https://a.b> ",
  lines: "a\n",
  "empty lines": "\n",
  "lines of blanks": "   \n",
  "breaks of lines": "a\\\n",
  rules: "---\n",
  "lines under headings": "=\n",
  "headings by underlining": "a\n-\n",
  headings: "# a\n",
  "number signs": "#",
  "number signs behind headings": "# a #######",
  "fences that open and close": "```\n",
  "small fences": "```js\na\n```\n",
  "code in JavaScript": `\`\`\`js\n${"const a = f(1) < [`x`]; // x\n".repeat(250)}\`\`\`\n`,
  "code in Rust": `\`\`\`rust\n${'r#"'.repeat(2_600)}\n\`\`\`\n`,
  "code in HTML": `\`\`\`html\n${"<a b='c'>".repeat(850)}\n\`\`\`\n`,
  "signs of many kinds": "![[*a](b_`$",
  "one letter": "a",
  backslashes: "\\",
  "pictures joined into one": "a\u200d",
};

/** Text of this length that is written to cost as much as text can, by what it is. */
export function pathological(length: number): [name: string, text: string][] {
  const to = (make: (n: number) => string, count: number) =>
    Array.from({ length: count }, (_, n) => make(n))
      .join("")
      .slice(0, length);
  const columns = length >> 2;
  return [
    ...Object.entries(PARTS).map(([name, part]): [string, string] => [name, filled(part, length)]),
    ["one address", `https://a.example/${"a".repeat(length)}`.slice(0, length)],
    ["a wide table", `${"|a".repeat(columns)}|\n${"|-".repeat(columns)}|\n|`],
    [
      "empty rows of a table",
      `${"|a".repeat(300)}|\n${"|-".repeat(300)}|\n${filled("|\n", length - 1_204)}`,
    ],
    ["definitions of many labels", to((n) => `[${n}]: x\n`, length >> 3)],
    ["definitions and their use", `[a]: https://b.example\n\n${filled("[a] ", length - 24)}`],
    ["a list that gets deeper", to((n) => `${"  ".repeat(n)}- a\n`, 600)],
    ["quotes that get deeper", to((n) => `${">".repeat(n)}a\n`, 800)],
    ["runs of backticks of every length", to((n) => `${"`".repeat(n)} `, 1_000)],
    ["links in one another", `${"[".repeat(length >> 3)}a${"](b)".repeat(length >> 3)}`],
  ];
}
