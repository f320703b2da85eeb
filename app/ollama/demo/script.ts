/** The demo's rules as they are used: parsed from the script, with their patterns compiled. */
import { SCRIPT } from "./rules";

export interface Rule {
  rank: number;
  /** Words or short phrases in lower case; the rule is tried if one of them occurs. */
  keys: readonly string[];
  patterns: readonly Pattern[];
}

export interface Pattern {
  source: string;
  replies: readonly string[];
  regex: RegExp;
  /** For each part that is found, whether it is one of the pattern's own words. */
  own: readonly boolean[];
}

// Three wildcards cost the cube of the words, and longer clauses say nothing more to a pattern.
const MAX_WORDS = 60;

let parsed: readonly Rule[] | undefined;

/** All rules, highest rank first. Parsed when first needed: most servers never start the demo. */
export function rules(): readonly Rule[] {
  parsed ??= SCRIPT.trim()
    .split(/\n(?=\d)/)
    .map(parseRule)
    .sort((a, b) => b.rank - a.rank);
  return parsed;
}

function parseRule(text: string): Rule {
  const [head = "", ...lines] = text.split("\n");
  const [, rank, names = ""] = /^(\d+) (.*)$/.exec(head) ?? [];
  const keys = names.split(", ");
  const patterns: Pattern[] = [];
  let replies: string[] = [];
  const begin = (sources: string) => {
    replies = [];
    for (const source of sources.split(" | ")) patterns.push(compile(source, keys, replies));
  };
  for (const line of lines) {
    if (!line.startsWith("    ")) begin(line.trim());
    else {
      if (patterns.length === 0) begin("*");
      replies.push(line.trim().replaceAll(" / ", "\n"));
    }
  }
  return { rank: Number(rank), keys, patterns };
}

/** Compiles a pattern such as "* my a/b +". */
export function compile(text: string, keys: readonly string[], replies: string[]): Pattern {
  const source = text.replace("KEY", keys.join("/"));
  const parts = source.split(" ");
  return {
    source,
    replies,
    regex: new RegExp(`^${parts.map(regexOf).join("")}$`, "iu"),
    own: parts.filter((part) => /^[*+]$|\//.test(part)).map((part) => part.includes("/")),
  };
}

function regexOf(part: string): string {
  if (part === "*") return "((?: \\S+)*?)";
  if (part === "+") return "((?: \\S+)+?)";
  return part.includes("/") ? ` (${part.replaceAll("/", "|")})` : ` ${part}`;
}

/** What each `*`, `+` and `a/b` of the pattern matches, as words; undefined if it does not fit. */
export function matchPattern(
  { regex, own }: Pattern,
  clause: readonly string[],
): string[][] | undefined {
  const found = regex.exec(` ${clause.slice(0, MAX_WORDS).join(" ")}`);
  // The pattern's own words may have been capitalised and now stand within a reply.
  const spelled = (part: string, index: number) => (own[index] ? part.toLowerCase() : part);
  return found?.slice(1).map((part, index) => spelled(part, index).split(" ").filter(Boolean));
}
