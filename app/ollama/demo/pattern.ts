/** How a pattern of the rules is laid over a clause. */

// A pattern with three wildcards costs the cube of the words, and longer clauses say nothing more to it.
const MOST_WORDS = 60;

interface Compiled {
  regex: RegExp;
  /** For each part that is found, whether it is one of the pattern's own words. */
  own: readonly boolean[];
}

const compiled = new Map<string, Compiled>();

/** What each `*`, `+` and `a/b` of the pattern found, as words; undefined where it does not fit. */
export function partsOf(pattern: string, clause: readonly string[]): string[][] | undefined {
  const { regex, own } = compile(pattern);
  const found = regex.exec(` ${clause.slice(0, MOST_WORDS).join(" ")}`);
  // The pattern's own words may have begun the person's sentence and now stand within ours.
  const spelled = (part: string, index: number) => (own[index] ? part.toLowerCase() : part);
  return found?.slice(1).map((part, index) => spelled(part, index).split(" ").filter(Boolean));
}

function compile(pattern: string): Compiled {
  const known = compiled.get(pattern);
  if (known) return known;
  const parts = pattern.split(" ");
  const fresh = {
    regex: new RegExp(`^${parts.map(source).join("")}$`, "iu"),
    own: parts.filter((part) => /^[*+]$|\//.test(part)).map((part) => part.includes("/")),
  };
  compiled.set(pattern, fresh);
  return fresh;
}

function source(part: string): string {
  if (part === "*") return "((?: \\S+)*?)";
  if (part === "+") return "((?: \\S+)+?)";
  return part.includes("/") ? ` (${part.replaceAll("/", "|")})` : ` ${part}`;
}
