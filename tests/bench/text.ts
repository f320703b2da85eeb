import { chunksOf } from "../ollama/answers";

const WORDS =
  "the model reads each line of a file before it writes what the person has asked for and a slow disk or a small cache makes every second request wait longer than the first one did so keep an index where most of the work is done at night while nobody looks at it".split(
    " ",
  );

/** Words in a random order that is the same in every run. */
class Writer {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  number(below: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * below);
  }

  word(): string {
    return WORDS[this.number(WORDS.length)] ?? "";
  }

  words(count: number): string {
    return Array.from({ length: count }, () => this.word()).join(" ");
  }

  sentence(): string {
    const text = this.words(6 + this.number(12));
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  }

  paragraph(): string {
    const plain = Array.from({ length: 2 + this.number(3) }, () => this.sentence()).join(" ");
    const marked = `**${this.words(2)}** and \`${this.word()}_${this.word()}()\``;
    const link =
      this.number(3) === 0 ? ` See [${this.words(2)}](https://example.org/${this.word()}).` : "";
    return `${plain} Mind ${marked}: ${this.words(7)}.${link}`;
  }

  list(mark: (index: number) => string): string {
    const items = Array.from({ length: 3 + this.number(4) }, (_, index) => {
      const nested = this.number(4) === 0 ? `\n   - ${this.words(5)}` : "";
      return `${mark(index)} **${this.word()}**: ${this.words(5 + this.number(9))}${nested}`;
    });
    return items.join("\n");
  }

  table(): string {
    const row = () =>
      `| ${this.word()} | ${this.words(3)} | \`${this.word()}\` | ${this.number(1000)} |`;
    const rows = Array.from({ length: 3 + this.number(5) }, row);
    return ["| Name | What it does | Code | Value |", "| --- | --- | :---: | ---: |", ...rows].join(
      "\n",
    );
  }

  code(lines: number): string {
    const body = Array.from({ length: lines }, (_, line) => codeLine(this, line));
    return ["```typescript", ...body, "```"].join("\n");
  }
}

function codeLine(writer: Writer, line: number): string {
  const name = `${writer.word()}${line}`;
  switch (line % 5) {
    case 0:
      return `export function ${name}(${writer.word()}: number): number {`;
    case 1:
      return `  const ${name} = list.filter((value) => value > ${writer.number(100)}); // ${writer.words(4)}`;
    case 2:
      return `  if (${name} === "${writer.words(2)}") return ${writer.number(1000)};`;
    case 3:
      return `  return ${name}.map((part) => part * ${writer.number(9)}).reduce((a, b) => a + b, 0);`;
    default:
      return "}";
  }
}

/** The parts of an answer as models write them: mostly prose and lists, some code, a table now and then. */
function section(writer: Writer, index: number): string[] {
  return [
    `## ${index + 1}. ${writer.words(4)}`,
    writer.paragraph(),
    writer.paragraph(),
    writer.list(() => "-"),
    writer.paragraph(),
    ...(index % 2 === 0 ? [writer.code(8 + writer.number(20))] : []),
    ...(index % 3 === 0 ? [writer.table()] : []),
    writer.list((item) => `${item + 1}.`),
    ...(index % 4 === 0 ? [`> ${writer.sentence()}`] : []),
    writer.paragraph(),
  ];
}

/** A realistic answer of at least this many tokens, in the chunks that a model would send. */
export function markdownChunks(tokens: number, seed = 1): string[] {
  const writer = new Writer(seed);
  const chunks: string[] = [];
  for (let index = 0; chunks.length < tokens; index++) {
    for (const block of section(writer, index)) {
      if (chunks.length < tokens) chunks.push(...chunksOf(block), "\n\n");
    }
  }
  return chunks;
}

/** One long block of code, a chunk a line. */
export function codeChunks(lines: number): string[] {
  return new Writer(1).code(lines).split(/(?<=\n)/);
}
