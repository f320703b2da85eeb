/**
 * A conversation partner after Weizenbaum's ELIZA of 1966. It keeps no state and rolls no dice: whatever
 * it needs to know, it reads from what was said before.
 */
import { clausesOf } from "./clauses";
import { partsOf } from "./pattern";
import { reflect } from "./reflect";
import {
  FROM_MEMORY,
  NO_WORDS,
  NOTHING_FITS,
  OTHER_SCRIPT,
  type Pattern,
  RULES,
  SAID_AGAIN,
} from "./rules";

// Looking back further would cost time in a long conversation and change next to nothing.
const LOOKS_BACK = 100;
const MOST_REPEATED_WORDS = 14;
// From this rank on a rule answers requests, such as the one for a joke.
const MAY_BE_ASKED_AGAIN = 20;

interface Match {
  /** Sentences to choose from, one after the other. */
  answers: readonly string[];
  /** What the wildcards found. */
  parts: string[][];
  rank?: number;
}

const NO_PARTS: string[][] = [];

/**
 * The answer to the last of the person's messages. `shift` moves the choice among equals, so that the
 * same conversation can be answered in another way.
 */
export function converse(messages: readonly string[], shift = 0): string {
  const recent = messages.slice(-LOOKS_BACK);
  const memories: string[][] = [];
  const uses = new Map<string | undefined, number>();
  let match: Match = { answers: NOTHING_FITS, parts: NO_PARTS };

  for (const [index, message] of recent.entries()) {
    const clauses = clausesOf(message);
    match = matchOf(message, clauses, recent[index - 1], memories);
    // Counted by the first sentence: some patterns share theirs, and should not repeat each other.
    uses.set(match.answers[0], (uses.get(match.answers[0]) ?? -1) + 1);
    memories.push(...clauses.flatMap(memoryOf));
  }

  const before = messages.length - recent.length + (uses.get(match.answers[0]) ?? 0);
  const { answers, parts } = match;
  return fill(answers[Math.abs(before + shift) % answers.length] ?? "", parts);
}

function matchOf(
  message: string,
  clauses: readonly string[][],
  previous: string | undefined,
  memories: string[][],
): Match {
  if (clauses.length === 0) return { answers: NO_WORDS, parts: NO_PARTS };
  if (!/\p{Script=Latin}|\d/u.test(message)) return { answers: OTHER_SCRIPT, parts: NO_PARTS };
  const found = byRules(clauses);
  const isSentence = /\S\s+\S/.test(message);
  if (message === previous && isSentence && (found?.rank ?? 0) < MAY_BE_ASKED_AGAIN) {
    return { answers: SAID_AGAIN, parts: NO_PARTS };
  }
  if (found) return found;
  const memory = memories.shift();
  return memory
    ? { answers: FROM_MEMORY, parts: [memory] }
    : { answers: NOTHING_FITS, parts: NO_PARTS };
}

const RANKED = [...RULES].sort((a, b) => b.rank - a.rank);

function byRules(clauses: readonly string[][]): Match | undefined {
  const searched = clauses.map((words) => ` ${words.join(" ").toLowerCase()} `);
  for (const { keys, rank, patterns } of RANKED) {
    for (const [index, clause] of clauses.entries()) {
      if (!keys.some((key) => searched[index]?.includes(` ${key} `))) continue;
      const match = firstFit(patterns, clause);
      if (match) return { ...match, rank };
    }
  }
  return undefined;
}

function firstFit(patterns: readonly Pattern[], clause: readonly string[]): Match | undefined {
  for (const entry of patterns) {
    const parts = partsOf(entry[0], clause);
    if (parts) return { answers: entry.slice(1), parts };
  }
  return undefined;
}

/** What the person said about something of their own, to come back to later. */
function memoryOf(clause: readonly string[]): string[][] {
  const at = clause.findIndex((word) => word.toLowerCase() === "my");
  const rest = clause.slice(at + 1);
  const isName = rest[0]?.toLowerCase() === "name";
  return at < 0 || isName || rest.length < 2 || rest.length > 10 ? [] : [rest];
}

/** Puts what was found, turned around, into a sentence. */
function fill(sentence: string, parts: readonly string[][]): string {
  const filled = sentence.replace(/\$(\d)/g, (_, number: string) => {
    const words = reflect(parts[Number(number) - 1] ?? []);
    const cut = words.length > MOST_REPEATED_WORDS;
    return words.slice(0, MOST_REPEATED_WORDS).join(" ") + (cut ? " …" : "");
  });
  return filled.charAt(0).toUpperCase() + filled.slice(1);
}
