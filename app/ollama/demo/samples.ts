/** What the demo can show: how formatting looks, and an answer long enough to try Stop and scrolling. */
import { LONG_ANSWER } from "./long-answer";

const FENCE = "```";

const TEXT = `## Headings and text

A heading stands above, and this paragraph has **bold**, *italic*, ~~struck~~ and \`inline code\`, a [link to Ollama](https://ollama.com/download) and an address by itself: https://ollama.com.`;

const LISTS = `### Lists

- Bread
- Cheese
  - one that is mild
  - one that is not
- Apples

1. Switch it on.
2. Wait a moment.
3. Type a question.

- [x] Start Parley
- [x] Try the demo
- [ ] Install Ollama`;

const TABLE = `### A table

| Moon | Planet | Radius in km | Found in |
| --- | --- | ---: | :---: |
| Ganymede | Jupiter | 2,634 | 1610 |
| Titan | Saturn | 2,575 | 1655 |
| Callisto | Jupiter | 2,410 | 1610 |
| Triton | Neptune | 1,353 | 1846 |`;

const CODE = `### Code

${FENCE}ts
/** Adds up what is on the receipt; prices are in cents. */
export function total(items: readonly { price: number; count: number }[]): number {
  return items.reduce((sum, { price, count }) => sum + price * count, 0);
}

console.log(\`\${(total([{ price: 250, count: 3 }]) / 100).toFixed(2)} €\`); // 7.50 €
${FENCE}

${FENCE}python
def primes(limit: int) -> list[int]:
    """The sieve of Eratosthenes."""
    is_prime = [True] * (limit + 1)
    for n in range(2, int(limit**0.5) + 1):
        if is_prime[n]:
            is_prime[n * n :: n] = [False] * len(is_prime[n * n :: n])
    return [n for n in range(2, limit + 1) if is_prime[n]]


print(primes(30))  # [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
${FENCE}`;

const MATH = `### Math

The roots of $ax^2 + bx + c = 0$ with $a \\neq 0$ are

$$
x_{1,2} = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}
$$

and the sum of the first $n$ odd numbers is $\\sum_{k=1}^{n} (2k - 1) = n^2$.`;

const QUOTE = `### A quote

> Talking to a machine is easy. Being understood by it is another matter.
>
> > A quote within a quote says it again, one step further in.`;

interface Topic {
  /** The thing is named somewhere, or the prompt is nothing but its name: "a table, please". */
  named: RegExp;
  alone: RegExp;
  sample: string;
}

function topic(words: string, sample: string): Topic {
  const before = "(?:(?:tell me|an?|some|the|more|all|another) )*";
  const after = "(?:,? (?:answers?|texts?|samples?|examples?|demos?|please))*[.!?]*";
  return {
    named: new RegExp(`\\b(?:${words})\\b`, "i"),
    alone: new RegExp(`^${before}(?:${words})${after}$`, "i"),
    sample,
  };
}

const TOPICS: readonly Topic[] = [
  topic("headings?|bold|italics?|links?", TEXT),
  topic("(?:task |to-?do |bullet |check)?lists?|bullets|bullet points", LISTS),
  topic("tables?", TABLE),
  topic("code(?: blocks?)?|programs?|scripts?|typescript|javascript|python", CODE),
  topic("math(?:s|ematics)?|formulas?|formulae|equations?|latex|katex", MATH),
  topic("(?:block)?quotes?|quotations?", QUOTE),
];
const INTRO = "This is how answers can look. I am a demo, so all of it was written beforehand.";
const EVERYTHING = topic(
  "formatting|formats|markdown",
  [INTRO, ...TOPICS.map(({ sample }) => sample)].join("\n\n"),
);
const LONG = topic(
  "(?<!how )long(?:er)?(?: story| essay)?|lengthy|essay|story|article|\\d{3,} words",
  LONG_ANSWER,
);

const VERBS = "show|give|display|render|demonstrate|try|test|see|write|make|draw|print|create";
// A request begins with its verb or says it after one of these; "I make tables" is no request.
const REQUEST = new RegExp(
  `(?:^|\\b(?:please|you|to|me|now|then|and|can i)\\s+)(?:${VERBS})\\b|\\bcan you do\\b|\\b(?:examples?|samples?) of\\b|^how (?:do|does|would|will|can)\\b.*\\blook`,
  "i",
);
// Longer prompts are about something; a sample would be no answer to them.
const MOST_CHARACTERS = 160;

/** The sample that a prompt asks for, or undefined where it asks for none. */
export function sampleFor(prompt: string): string | undefined {
  const text = prompt.trim().replace(/\s+/g, " ");
  if (text.length > MOST_CHARACTERS) return undefined;
  const isRequest = REQUEST.test(text);
  const asksFor = ({ named, alone }: Topic) => (isRequest ? named : alone).test(text);

  const whole = [LONG, EVERYTHING].find(asksFor);
  if (whole) return whole.sample;
  const parts = TOPICS.filter(asksFor).map(({ sample }) => sample);
  return parts.length > 0 ? ["Here you are.", ...parts].join("\n\n") : undefined;
}
