import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as limits from "../app/limits";
import { helpText, SETTINGS, settingsTable } from "../app/settings.server";
import { version } from "../package.json";

const read = (file: string) => readFileSync(file, "utf8");
const PAGES = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];

test("the README's table of settings is the one that the program has", () => {
  const table = /<!-- settings -->\n([\s\S]*?)<!-- \/settings -->/.exec(read("README.md"))?.[1];
  expect(table).toBe(settingsTable());
});

test("SECURITY.md lists every limit", () => {
  const page = read("SECURITY.md");
  const table = /(?<=<!-- limits -->\n)[\s\S]*?(?=<!-- \/limits -->)/;
  if (process.env.UPDATE_DOCS) writeFileSync("SECURITY.md", page.replace(table, limitsTable()));
  expect(table.exec(read("SECURITY.md"))?.[0], "UPDATE_DOCS=1 mends it").toBe(limitsTable());
});

test("every limit is named by a test", () => {
  const tests = ["app", "tests"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(test\.tsx?|spec\.ts)$/.test(file))
      .map((file) => read(`${folder}/${file}`)),
  );
  const words = new Set(tests.flatMap((text) => text.match(/\b[A-Z][A-Z_]+\b/g) ?? []));
  expect(Object.keys(limits).filter((name) => !words.has(name))).toEqual([]);
});

test("--help names every flag and variable", () => {
  for (const { flag, env } of Object.values(SETTINGS)) {
    for (const name of [`--${flag}`, ...env]) expect(helpText()).toContain(name);
  }
});

test("every script that the pages name exists", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = PAGES.flatMap((page) => [...read(page).matchAll(/bun run ([a-z:]+)/g)]);
  expect(named.length).toBeGreaterThan(5);
  for (const [, name = ""] of named) expect(Object.keys(scripts)).toContain(name);
});

test("every file and folder that the pages name exists", () => {
  const links = PAGES.flatMap((page) => [
    ...read(page).matchAll(/\]\((?!https?:|#)([^)\s]+)\)/g),
    ...read(page).matchAll(/`((?:app|tests|drizzle|scripts)\/[\w./]*)`/g),
    ...read(page).matchAll(/src="([^"]+)"/g),
  ]);
  expect(links.length).toBeGreaterThan(10);
  for (const [, file = ""] of links) expect(existsSync(file), file).toBe(true);
});

test("the map of the rooms names every folder of app/", () => {
  const folders = readdirSync("app", { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  for (const { name } of folders) expect(read("CONTRIBUTING.md")).toContain(`\`app/${name}/\``);
});

test("the changelog has a place for what comes next, and the version is a version", () => {
  expect(read("CHANGELOG.md")).toContain("## Unreleased");
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

test("the Bun that the pages name is the one that is pinned", () => {
  const { devDependencies } = JSON.parse(read("package.json")) as {
    devDependencies: Record<string, string>;
  };
  for (const [, named] of read("README.md").matchAll(/bun@(\d+\.\d+\.\d+)/g)) {
    expect(named).toBe(devDependencies["bun-types"]);
  }
});

/** The table of SECURITY.md: what each comment in limits.ts says, and the value behind it. */
function limitsTable(): string {
  const source = read("app/limits.ts");
  const parts = source.matchAll(/^\/\/ (.+)$|^\/\*\* (.+?)\.? \*\/\nexport const (\w+)/gm);
  const rows = [...parts].map(([, heading, what = "", name = ""]) =>
    heading ? `| **${heading}** | |` : `| ${what} | ${amount(name)} |`,
  );
  const named = [...source.matchAll(/^export const/gm)].length;
  expect(rows.filter((row) => !row.startsWith("| **"))).toHaveLength(named);
  return ["| limit | value |", "| --- | --- |", ...rows, ""].join("\n");
}

/** A limit with its unit, which the ending of its name says. */
function amount(name: string): string {
  const value = (limits as Record<string, number>)[name] ?? Number.NaN;
  const count = (n: number) => n.toLocaleString("en");
  if (name.endsWith("_BYTES")) {
    const kib = value / 1024;
    return kib < 1024 ? `${count(kib)} KiB` : `${count(kib / 1024)} MiB`;
  }
  if (name.endsWith("_MS")) {
    if (value < 1_000) return `${count(value)} ms`;
    return value < 3_600_000 ? `${count(value / 1_000)} s` : `${count(value / 3_600_000)} h`;
  }
  const unit = /_(CHARACTERS|PIXELS)$/.exec(name)?.[1]?.toLowerCase();
  return unit ? `${count(value)} ${unit}` : count(value);
}
