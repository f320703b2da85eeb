import { FROM_MEMORY, NO_WORDS, NOTHING_FITS, OTHER_SCRIPT, SAID_AGAIN } from "./rules";
import { matchPattern, rules } from "./script";
import { clausesOf, reflect } from "./words";

// More takes time in a long conversation and changes next to nothing.
const LOOKS_BACK = 100;
const MAX_REPEATED_WORDS = 14;
// From this rank on, rules serve requests (such as for a joke), which may be repeated.
const REPEATABLE_RANK = 20;

interface Match {
  replies: readonly string[];
  parts: string[][];
  rank?: number;
}

/** Answers the last message, after Weizenbaum's ELIZA; stateless. `shift` changes the choice among equal sentences. */
export function converse(messages: readonly string[], shift = 0): string {
  const recent = messages.slice(-LOOKS_BACK);
  const memories: string[][] = [];
  const uses = new Map<readonly string[], number>();
  let match: Match = { replies: NOTHING_FITS, parts: [] };

  for (const [index, message] of recent.entries()) {
    const clauses = clausesOf(message);
    match = matchOf(message, clauses, recent[index - 1], memories);
    uses.set(match.replies, (uses.get(match.replies) ?? -1) + 1);
    memories.push(...clauses.flatMap(memoryOf));
  }

  const before = messages.length - recent.length + (uses.get(match.replies) ?? 0);
  const { replies, parts } = match;
  return fill(replies[Math.abs(before + shift) % replies.length] ?? "", parts);
}

function matchOf(
  message: string,
  clauses: readonly string[][],
  previous: string | undefined,
  memories: string[][],
): Match {
  if (clauses.length === 0) return { replies: NO_WORDS, parts: [] };
  if (!/\p{Script=Latin}|\d/u.test(message)) return { replies: OTHER_SCRIPT, parts: [] };
  const found = byRules(clauses);
  const isSentence = /\S\s+\S/.test(message);
  if (message === previous && isSentence && (found?.rank ?? 0) < REPEATABLE_RANK) {
    return { replies: SAID_AGAIN, parts: [] };
  }
  if (found) return found;
  const memory = memories.shift();
  return memory ? { replies: FROM_MEMORY, parts: [memory] } : { replies: NOTHING_FITS, parts: [] };
}

function byRules(clauses: readonly string[][]): Match | undefined {
  const searched = clauses.map((words) => ` ${words.join(" ").toLowerCase()} `);
  for (const { keys, rank, patterns } of rules()) {
    for (const [index, clause] of clauses.entries()) {
      if (!keys.some((key) => searched[index]?.includes(` ${key} `))) continue;
      for (const pattern of patterns) {
        const parts = matchPattern(pattern, clause);
        if (parts) return { replies: pattern.replies, parts, rank };
      }
    }
  }
  return undefined;
}

function memoryOf(clause: readonly string[]): string[][] {
  const at = clause.findIndex((word) => word.toLowerCase() === "my");
  const rest = clause.slice(at + 1);
  const isName = rest[0]?.toLowerCase() === "name";
  return at < 0 || isName || rest.length < 2 || rest.length > 10 ? [] : [rest];
}

function fill(sentence: string, parts: readonly string[][]): string {
  const filled = sentence.replace(/\$(\d)/g, (_, number: string) => {
    const words = reflect(parts[Number(number) - 1] ?? []);
    const cut = words.length > MAX_REPEATED_WORDS;
    return words.slice(0, MAX_REPEATED_WORDS).join(" ") + (cut ? " …" : "");
  });
  return filled.charAt(0).toUpperCase() + filled.slice(1);
}
