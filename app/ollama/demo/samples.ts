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

export const LONG_ANSWER = `# A small program that listened

This is a long answer, written beforehand, so that you can try things while it runs: scroll up and down, press **Stop** in the middle and then **Continue**, open the page in a second tab, or reload it. Nothing of what stands here is lost.

## How it began

In the middle of the nineteen-sixties, computers filled rooms and were fed with punched cards. At the Massachusetts Institute of Technology something new was being tried: many people sat at typewriters that were wired to one machine, and each of them had the feeling of having it alone. One of these people was **Joseph Weizenbaum**. He wanted to know how a conversation in plain English could look if one of the two who talk understands nothing at all.

His program was called ELIZA, after Eliza Doolittle, the flower seller in Shaw's *Pygmalion* who is taught to speak like a duchess. Like her, the program could be taught to speak better and better, and like her, it did not become a duchess by that.

## How it works

The method is simple enough to fit on a page:

1. Look through the sentence for words that you know, such as *mother*, *dream* or *always*.
2. Take the one with the highest rank.
3. Try its patterns, one after the other, until one fits.
4. Cut the sentence into the parts that the pattern names.
5. Turn the parts around: *my* becomes *your*, *I am* becomes *you are*.
6. Put them into a prepared sentence, and take another one next time.

If no word is known, there are two ways out. Either something that was said earlier is taken up again, which looks surprisingly attentive, or a sentence is used that always fits:

> Please go on.

The best-known set of rules played a psychotherapist who mostly asks back. That was a clever choice. Somebody who only asks back does not need to know anything about the world, and nobody is surprised by it.

## What people made of it

What happened next surprised nobody more than its author. People knew that they were talking to a program of a few hundred lines, and still they confided in it. Weizenbaum told the story of his own secretary, who had watched the program come into being for months. After a few sentences with it she asked him to leave the room.

He did not take that as a success. Ten years later he wrote a whole book about what should be left to machines and what should not, and he kept to that question for the rest of his life. That people see a mind where there is only a mirror has been called the *ELIZA effect* ever since.

## What is different today

| | ELIZA | a language model |
| --- | --- | --- |
| made of | rules, written by hand | weights, learned from text |
| size | some kilobytes | some gigabytes |
| knows | what you say | a good part of what was written |
| errs | visibly | convincingly |
| needs | almost nothing | memory, and some patience |

The last line is where **Ollama** comes in. It runs such models on a machine of your own, and what you say to them stays there. Two commands are enough for a start:

\`\`\`sh
ollama pull llama3.2
ollama run llama3.2 "Say hello."
\`\`\`

As soon as it answers, this demo steps back, and the very page that you are reading will show what a real model has to say.

## What has stayed

Three things have hardly changed since then, and they are worth keeping in mind with any program that talks:

- **It mirrors you.** The tone of a question comes back in the answer.
- **It always has an answer.** That says nothing about whether the answer is right.
- **It is patient.** That is its best quality, and it costs it nothing.

So much for the long answer. If you pressed Stop on the way and then Continue, it was put together from two pieces, and you should not be able to find the seam. Now it is your turn: what would you have asked the first ELIZA?`;

interface Topic {
  /** Matches if the sample is named anywhere, or if the prompt is only its name: "a table, please". */
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
// A request begins with its verb or has one of these before it; "I make tables" is no request.
const REQUEST = new RegExp(
  `(?:^|\\b(?:please|you|to|me|now|then|and|can i)\\s+)(?:${VERBS})\\b|\\bcan you do\\b|\\b(?:examples?|samples?) of\\b|^how (?:do|does|would|will|can)\\b.*\\blook`,
  "i",
);
// Longer prompts are about something else.
const MOST_CHARACTERS = 160;

/** The sample that a prompt asks for, if any. */
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
