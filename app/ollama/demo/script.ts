import { SCRIPT } from "./rules";

export interface Rule {
  rank: number;
  /** In lower case; one of them must occur. */
  keys: readonly string[];
  patterns: readonly Pattern[];
}

export interface Pattern {
  source: string;
  replies: readonly string[];
  /** Compiled when first needed, since most patterns never are. */
  regex?: RegExp;
  own: readonly boolean[];
}

// Three wildcards take cubic time.
const MAX_WORDS = 60;

let parsed: readonly Rule[] | undefined;

/** All rules, highest rank first. Parsed on first use, since most servers never start the demo. */
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
    for (const source of sources.split(" | ")) patterns.push(parsePattern(source, keys, replies));
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

export function parsePattern(text: string, keys: readonly string[], replies: string[]): Pattern {
  const source = text.replace("KEY", keys.join("/"));
  return {
    source,
    replies,
    own: source
      .split(" ")
      .filter((part) => /^[*+]$|\//.test(part))
      .map((part) => part.includes("/")),
  };
}

function regexOf(part: string): string {
  if (part === "*") return "((?: \\S+)*?)";
  if (part === "+") return "((?: \\S+)+?)";
  return part.includes("/") ? ` (${part.replaceAll("/", "|")})` : ` ${part}`;
}

/** The words that each `*`, `+` and `a/b` matches; undefined if the pattern does not match. */
export function matchPattern(pattern: Pattern, clause: readonly string[]): string[][] | undefined {
  const { source, own } = pattern;
  pattern.regex ??= new RegExp(`^${source.split(" ").map(regexOf).join("")}$`, "iu");
  const found = pattern.regex.exec(` ${clause.slice(0, MAX_WORDS).join(" ")}`);
  // The pattern's own words may be capitalised, but now stand within a sentence.
  const spelled = (part: string, index: number) => (own[index] ? part.toLowerCase() : part);
  return found?.slice(1).map((part, index) => spelled(part, index).split(" ").filter(Boolean));
}
