/** Turns words around between the two who talk: "I am yours" becomes "you are mine". */

// Where "you" is followed by one of these, or by nothing, it was an object: "help you with" is "help me with".
const AFTER_OBJECT = new Set(
  "a about after again all always an and as at because before but by every for from if in into like more much now of on or so than that the then to today too very when with".split(
    " ",
  ),
);

const PAIRS = new Map([
  ["i am", "you are"],
  ["i was", "you were"],
  ["am i", "are you"],
  ["was i", "were you"],
  ["you are", "I am"],
  ["you were", "I was"],
  ["are you", "am I"],
  ["were you", "was I"],
]);

const WORDS = new Map([
  ["i", "you"],
  ["me", "you"],
  ["my", "your"],
  ["mine", "yours"],
  ["myself", "yourself"],
  ["am", "are"],
  ["your", "my"],
  ["yours", "mine"],
  ["yourself", "myself"],
]);

/** The words as the other one would say them; whatever is not about the two stays as it is. */
export function reflect(words: readonly string[]): string[] {
  const turned: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const next = words[index + 1]?.toLowerCase();
    const pair = PAIRS.get(`${word.toLowerCase()} ${next}`);
    if (pair) {
      turned.push(pair);
      index++;
    } else if (word.toLowerCase() === "you") {
      turned.push(next === undefined || AFTER_OBJECT.has(next) ? "me" : "I");
    } else {
      turned.push(WORDS.get(word.toLowerCase()) ?? word);
    }
  }
  return turned;
}
