/** A message as the rules see it: clauses of plain words, without what is not needed to match. */

// Enough for every sentence that a person types; a pasted document says nothing more to a few patterns.
const MOST_CHARACTERS = 2000;

const LONG_FORMS: readonly (readonly [RegExp, string])[] = [
  [/[’‘ʼ`]/g, "'"],
  [/\bi'?m\b/gi, "I am"],
  [/\b(you|we|they)'re\b/gi, "$1 are"],
  [/\b(I|you|we|they)'ve\b/gi, "$1 have"],
  [/\b(I|you|he|she|we|they)'ll\b/gi, "$1 will"],
  [/\b(I|you|he|she|we|they)'d\b/gi, "$1 would"],
  [/\b(what|who|where|how|that|it|he|she|there)'s\b/gi, "$1 is"],
  [/\bwhats\b/gi, "what is"],
  [/\bcan ?not\b|\bcant\b/gi, "can't"],
  [/\b(do|could|wo)(?:nt| not)\b/gi, "$1n't"],
  [/\bwanna\b/gi, "want to"],
  [/\bgonna\b/gi, "going to"],
  [/(\d)\s*[+*×÷^]\s*(?=\d)/g, "$1 calculate "],
];

/** The clauses of a message as lists of words, in the order in which they were said. */
export function clausesOf(message: string): string[][] {
  const text = LONG_FORMS.reduce(
    (long, [short, form]) => long.replace(short, form),
    message.slice(0, MOST_CHARACTERS),
  );
  return text
    .split(/[.!?;:,…]+(?=\s|$)|\n+|\s[-–—]+\s|\bbut\b/i)
    .map((clause) => clause.split(/\s+/).map(bareWord).filter(Boolean))
    .filter((words) => words.length > 0);
}

/** A word without the quotation marks, brackets and Markdown signs around it. */
function bareWord(word: string): string {
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
}
