// Enough for typed sentences; more of a pasted document would not help.
const MAX_CHARACTERS = 2000;

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

export function clausesOf(message: string): string[][] {
  const text = LONG_FORMS.reduce(
    (long, [short, form]) => long.replace(short, form),
    message.slice(0, MAX_CHARACTERS),
  );
  return text
    .split(/[.!?;:,…]+(?=\s|$)|\n+|\s[-–—]+\s|\bbut\b/i)
    .map((clause) => clause.split(/\s+/).map(bareWord).filter(Boolean))
    .filter((words) => words.length > 0);
}

function bareWord(word: string): string {
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
}

// "you" is an object before these words and at the end: "help you with" becomes "help me with".
const AFTER_OBJECT = new Set(
  "a about after again all always an and as at because before but by every for from if in into like more much now of on or so than that the then to today too very when with".split(
    " ",
  ),
);

const REFLECTED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ "i am": "you are", "i was": "you were", "am i": "are you", "was i": "were you" },
    ...{ "you are": "I am", "you were": "I was", "are you": "am I", "were you": "was I" },
    ...{ i: "you", me: "you", my: "your", mine: "yours", myself: "yourself", am: "are" },
    ...{ your: "my", yours: "mine", yourself: "myself" },
  }),
);

/** Exchanges the persons: "I am yours" becomes "you are mine". */
export function reflect(words: readonly string[]): string[] {
  const turned: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const lower = word.toLowerCase();
    const next = words[index + 1]?.toLowerCase();
    const pair = REFLECTED.get(`${lower} ${next}`);
    if (pair) index++;
    const you = next === undefined || AFTER_OBJECT.has(next) ? "me" : "I";
    turned.push(pair ?? (lower === "you" ? you : (REFLECTED.get(lower) ?? word)));
  }
  return turned;
}
