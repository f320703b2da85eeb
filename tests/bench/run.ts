/**
 * `bun run bench [--only name,...] [--json file] [--messages n]` measures dist/parley. `--messages` is the size
 * of the searched database: a million take minutes to write, but only once. Executable, scripted Ollama and
 * readers are processes of their own.
 */
import { parseArgs } from "node:util";
import { crowdRows } from "./crowd";
import { type OllamaProcess, startOllama } from "./ollama";
import { lengthRows, listRows, pageRows } from "./pages";
import { type ParleyProcess, requireBinary, startParley } from "./parley";
import { busyNote, machineFacts, misses, type Row, tableOf } from "./report";
import { searchRows } from "./search";
import { startRows, visitRows } from "./start";
import { codeRows, firstTextRows, paceRows, relayRows } from "./streaming";
import { wireRows } from "./wire";

/** Some themes start their own processes instead. */
type Theme = (ollama: OllamaProcess, parley: ParleyProcess, messages: number) => Promise<Row[]>;

const THEMES: Record<string, Theme> = {
  start: ({ url }) => startRows(url),
  visit: (_, parley) => visitRows(parley),
  "first-text": ({ url }, parley) => firstTextRows(url, parley),
  pace: ({ url }, parley) => paceRows(url, parley),
  relay: relayRows,
  wire: wireRows,
  code: (_, parley) => codeRows(parley),
  pages: (_, parley) => pageRows(parley),
  length: (_, parley) => lengthRows(parley),
  list: (_, parley) => listRows(parley),
  search: ({ url }, _, messages) => searchRows(url, messages),
  crowd: () => crowdRows(),
};

async function run(): Promise<void> {
  const { themes, json, messages } = readArguments();
  requireBinary();
  const machine = machineFacts();
  const note = busyNote();
  if (note) say(note);
  const begun = performance.now();
  const rows: (Row & { theme: string })[] = [];
  const failed: string[] = [];
  for (const theme of themes) {
    say(`${theme} …`);
    await measured(theme, messages).then(
      (found) => rows.push(...found.map((row) => ({ theme, ...row }))),
      (error) => failed.push(`${theme} failed: ${error instanceof Error ? error.stack : error}`),
    );
  }
  const seconds = Math.round((performance.now() - begun) / 1000);
  await Bun.write(json, `${JSON.stringify({ machine, note, seconds, failed, rows }, null, 2)}\n`);
  say(`\n${tableOf(rows)}\n`);
  for (const failure of failed) say(failure);
  const budgets = rows.filter(({ budget }) => budget !== undefined);
  const missed = budgets.filter(misses).length;
  say(`${missed} of ${budgets.length} budgets missed; ${seconds} s; every figure is in ${json}`);
  process.exit(failed.length > 0 ? 1 : 0);
}

/** Fresh processes, so that no theme depends on another. */
async function measured(theme: string, messages: number): Promise<Row[]> {
  await using ollama = await startOllama();
  await using parley = await startParley(ollama.url, ["--parallel", "32"]);
  return (await THEMES[theme]?.(ollama, parley, messages)) ?? [];
}

function readArguments(): { themes: string[]; json: string; messages: number } {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      json: { type: "string", default: ".cache/bench.json" },
      messages: { type: "string", default: "1000000" },
    },
  });
  const all = Object.keys(THEMES);
  const themes = values.only?.split(",") ?? all;
  const unknown = themes.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    say(`There is no ${unknown.join(", ")}: --only takes ${all.join(", ")}.`);
    process.exit(2);
  }
  return { themes, json: values.json, messages: Number(values.messages) };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

// The started processes are killed when this one exits.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
await run();
