import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { helpText, SETTINGS, settingsTable } from "../app/settings.server";
import { version } from "../package.json";

const read = (file: string) => readFileSync(file, "utf8");
const PAGES = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];

test("the README's table of settings is the one that the program has", () => {
  const table = /<!-- settings -->\n([\s\S]*?)<!-- \/settings -->/.exec(read("README.md"))?.[1];
  expect(table).toBe(settingsTable());
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
