import { readFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startParley } from "./parley";
import { MIB } from "./process";
import { readWhole } from "./reading";
import type { Row } from "./report";
import type { Seeded } from "./seed";
import { median, quantile, timed } from "./statistics";

const REPEATS = 20;

/** What people type: frequent and rare words, phrases, operators, other scripts; some letter by letter. */
const TYPED = [
  ..."g gr gra grav gravity".split(" "),
  ...["t", "th", "the ", "in", "inte", "inter", "under", "con", "micro"],
  ...["database compiler ", "the of and to in a ", "gravity the", "flour butter sugar oven "],
  ...['"of the"', '"the database"', '"travel recipe" water', "gravity -the ", "nosuchword "],
  ...["数据", "索引", "の", "データベース", "模型回答"],
  ...["model:qwen gravity", "model:qwen3:8b", "has:code", "has:code router ", "has:file"],
  ...["is:pinned", "is:pinned the ", "is:archived the ", "is:archived gravity ", "before:2026"],
  ...["after:2026 ocean ", "after:2025 before:2026 tomato", "before:2026-03 has:code server "],
];

export async function searchRows(ollama: string, messages: number): Promise<Row[]> {
  const { folder, seeded } = await seededFolder(messages);
  await using parley = await startParley(ollama, ["--data", folder]);
  const times: Record<string, number[]> = {};
  const ask = async (typed: string) =>
    timed(async () => {
      const response = await parley.fetch(`/conversations?q=${encodeURIComponent(typed)}`);
      await readWhole(response);
      if (!response.ok) throw new Error(`${typed} was answered with ${response.status}`);
    });
  // A first run is for the compiler and the file's pages.
  for (const typed of TYPED) await ask(typed);
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    for (const typed of TYPED) {
      times[typed] ??= [];
      times[typed].push(await ask(typed));
    }
  }
  const all = Object.values(times).flat();
  const among = `search in ${messages.toLocaleString("en")} messages`;
  return [
    { what: `${among}, p99`, figure: quantile(all, 0.99), unit: "ms", budget: 50, raw: times },
    { what: "the same, p50", figure: median(all), unit: "ms", raw: {} },
    { what: "their database", figure: seeded.bytes / MIB, unit: "MiB", raw: { ...seeded } },
    {
      what: "to index a message",
      figure: (seeded.indexSeconds / messages) * 1e6,
      unit: "µs",
      raw: {},
    },
    { what: "to fill the database, once", figure: seeded.seconds, unit: "s", raw: {} },
  ];
}

/** A change in one of these fills a new database. */
const SOURCES = [
  "drizzle/0001_conversations_kept.sql",
  "app/db/search-index.ts",
  "app/db/search-text.ts",
  "tests/bench/prose.ts",
  "tests/bench/seed.ts",
];

/** The folder of a database of this size, filled unless an earlier run has left it. */
async function seededFolder(messages: number): Promise<{ folder: string; seeded: Seeded }> {
  const sources = SOURCES.map((file) => readFileSync(file, "utf8")).join("");
  const key = Bun.hash.wyhash(sources).toString(36);
  const folder = resolve(".cache", `seeded-${messages}-${key}`);
  const note = Bun.file(join(folder, "seeded.json"));
  if (await note.exists()) return { folder, seeded: await note.json() };
  const begun = `${folder}.begun`;
  await rm(begun, { recursive: true, force: true });
  await mkdir(begun, { recursive: true });
  const child = Bun.spawn(
    [
      ...[process.execPath, join(import.meta.dir, "seed.ts"), "--data", begun],
      ...["--messages", String(messages), "--conversations", String(Math.ceil(messages / 10))],
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const said = await new Response(child.stdout).text();
  if ((await child.exited) !== 0) throw new Error("the database could not be filled");
  await Bun.write(join(begun, "seeded.json"), said);
  // Under its own name only when it is whole.
  await rename(begun, folder);
  return { folder, seeded: JSON.parse(said) };
}
