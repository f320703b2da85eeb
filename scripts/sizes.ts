import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { say } from "./say";

/** Limits of what a browser receives, compressed, in bytes; a test checks them. */
export const BUDGETS = { script: 20_000, firstVisit: 40_000 };

/** Prints the size of what was built and is embedded, in KB (1,000 bytes). */
export function printSizes(files: string, bundle: string): void {
  const staged = readdirSync(files, { recursive: true, encoding: "utf8" })
    .map((name) => join(files, name))
    .filter((path) => statSync(path).isFile());
  const sent = (pattern: RegExp) =>
    sumOf(
      staged.filter((path) => pattern.test(path)),
      sentBytes,
    );
  const [script, style, icons] = [sent(/\.js$/), sent(/\.css$/), sent(/public\/icon\.svg$/)];
  const rows: [what: string, bytes: number, budget?: number][] = [
    ["server bundle", statSync(bundle).size],
    [`${staged.length} embedded files`, sumOf(staged, bytesOf)],
    ["script, compressed", script, BUDGETS.script],
    ["style, compressed", style],
    ["first visit without the page", script + style + icons, BUDGETS.firstVisit],
  ];
  for (const row of rows) say(line(...row));
}

/** Prints the size of an executable. */
export function printExecutable(path: string): void {
  say(line(path, existsSync(path) ? bytesOf(path) : bytesOf(`${path}.exe`)));
}

function line(what: string, bytes: number, budget?: number): string {
  const size = kb(bytes).padStart(12);
  if (budget === undefined) return `${what.padEnd(30)}${size}`;
  return `${what.padEnd(30)}${size} of ${kb(budget)}${bytes > budget ? ": OVER BUDGET" : ""}`;
}

function kb(bytes: number): string {
  return `${(bytes / 1_000).toLocaleString("en", { maximumFractionDigits: 1 })} KB`;
}

function sentBytes(path: string): number {
  return bytesOf(existsSync(`${path}.br`) ? `${path}.br` : path);
}

function bytesOf(path: string): number {
  return statSync(path).size;
}

function sumOf(paths: readonly string[], size: (path: string) => number): number {
  return paths.reduce((sum, path) => sum + size(path), 0);
}
