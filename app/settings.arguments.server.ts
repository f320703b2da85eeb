import { distance } from "fastest-levenshtein";
import { shown } from "./settings.values.server";

export const COMMANDS = [
  { name: "serve", sentence: "Serve the pages. This is what happens without a command, too." },
  { name: "help", sentence: "Show this text and end; so do --help and -h." },
] as const;

export interface Arguments {
  kind: "serve" | "help" | "version";
  /** The value of each flag; of a repeated flag, the last one. */
  flags: ReadonlyMap<string, string>;
  faults: string[];
}

const WORDS = new Map<string, Arguments["kind"]>([
  ["serve", "serve"],
  ["help", "help"],
  ["--help", "help"],
  ["-h", "help"],
  ["--version", "version"],
  ["-v", "version"],
]);

/** Reads arguments, given the flags that take a value. `parseArgs` of node:util stops at the first fault. */
export function readArguments(argv: readonly string[], names: readonly string[]): Arguments {
  const flags = new Map<string, string>();
  const faults: string[] = [];
  const kinds = new Set<Arguments["kind"]>();
  const words = [...argv];

  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const kind = WORDS.get(word);
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (kind) kinds.add(kind);
    else if (name === undefined) {
      faults.push(`${shown(word)} is neither a command nor a setting${suggestion(word, names)}`);
    } else {
      // Unknown flags take their value too, or it would be a second fault.
      const value = inline ?? (isValue(words[0]) ? words.shift() : undefined);
      if (!names.includes(name)) {
        faults.push(`${shown(`--${name}`)} is not a setting${suggestion(`--${name}`, names)}`);
      } else if (value === undefined) faults.push(`--${name} needs a value, but none follows it.`);
      else flags.set(name, value.trim());
    }
  }
  const kind = kinds.has("help") ? "help" : kinds.has("version") ? "version" : "serve";
  return { kind, flags, faults };
}

function isValue(word: string | undefined): boolean {
  return word !== undefined && !word.startsWith("--") && word !== "-h" && word !== "-v";
}

function suggestion(word: string, names: readonly string[]): string {
  const flags = [...names, "help", "version"].map((name) => `--${name}`);
  const commands = word.startsWith("-") ? [] : COMMANDS.map(({ name }) => name);
  const near = nearest(word, [...flags, ...commands]);
  return near ? `; did you mean ${near}?` : "; parley --help lists what there is.";
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/^[-/]+|=.*$/gs, "")
    .replaceAll("_", "-");
}

function nearest(word: string, names: readonly string[]): string | undefined {
  const given = bare(word);
  const distances = names.map((name) => [distanceOf(given, bare(name)), name] as const);
  const [best] = distances.sort(([a], [b]) => a - b);
  return best && best[0] <= given.length / 2 ? best[1] : undefined;
}

/** Levenshtein distance, but 1 if one name is the start of the other. */
function distanceOf(a: string, b: string): number {
  const continues = a.length > 2 && b.length > 2 && (a.startsWith(b) || b.startsWith(a));
  return continues ? 1 : distance(a, b);
}
