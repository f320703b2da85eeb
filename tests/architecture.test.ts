import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

/**
 * The rooms of app/ and which of them each may import from: requests flow one way. `types` are the rooms
 * whose types a room may name without depending on what they do.
 */
const MAY_IMPORT: Record<string, { code: string[]; types?: string[] }> = {
  "": {
    code: [
      "conversations",
      "db",
      "files",
      "generation",
      "http",
      "live",
      "markdown",
      "models",
      "ollama",
      "pages",
      "search",
      "steering",
      "components",
      "browser",
      "transfer",
    ],
  },
  routes: {
    code: ["http", "live", "pages", "components", "conversations", "steering", "transfer"],
  },
  pages: {
    code: [
      ...["http", "live", "components", "conversations", "steering", "search"],
      ...["files", "generation", "models"],
    ],
    types: ["db", "markdown", "transfer"],
  },
  live: { code: ["components", "markdown"], types: ["generation"] },
  http: { code: [], types: ["components"] },
  components: { code: [], types: ["generation", "steering"] },
  browser: { code: [] },
  conversations: { code: ["generation", "steering"], types: ["db", "models"] },
  generation: { code: ["files", "markdown", "ollama", "steering"], types: ["db", "models"] },
  files: { code: [], types: ["db"] },
  steering: { code: [] },
  search: { code: [], types: ["db"] },
  transfer: { code: ["conversations", "files", "steering"], types: ["db"] },
  models: { code: ["ollama"], types: ["steering"] },
  markdown: { code: [] },
  ollama: { code: [] },
  db: { code: [], types: ["steering"] },
  shared: { code: [] },
};

/** What every room may use: app/shared/, and these files at the top of app/. */
const SHARED = new Set(["errors", "log.server", "settings.server", "limits"]);

interface Import {
  /** The imported file, as a path below app/ without its ending. */
  path: string;
  typeOnly: boolean;
}

const files = readdirSync("app", { recursive: true, encoding: "utf8" }).filter(
  (file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file),
);
const imports = new Map(files.map((file) => [file, importsOf(file)]));
const guide = readFileSync("CONTRIBUTING.md", "utf8");

describe("the arrows between rooms", () => {
  for (const [room, { code, types = [] }] of Object.entries(MAY_IMPORT)) {
    test(`${room || "app"} imports only what lies below it`, () => {
      const own = files.filter((file) => roomOf(file) === room);
      expect(own.length, "the room has files").toBeGreaterThan(0);
      const wrong = own.flatMap((file) =>
        (imports.get(file) ?? [])
          .filter(({ path }) => !SHARED.has(path) && roomOf(path) !== "shared")
          .filter(({ path, typeOnly }) => {
            const other = roomOf(path);
            const allowed = code.includes(other) || (typeOnly && types.includes(other));
            return other !== room && !allowed;
          })
          .map(({ path }) => `${file} -> ${path}`),
      );
      expect(wrong).toEqual([]);
    });
  }

  test("every folder is a room with its arrows", () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  test("no files import each other in a circle, types included", () => {
    expect(circles()).toEqual([]);
  });
});

test("only db/ knows which database there is", () => {
  const others = files.filter((file) => roomOf(file) !== "db");
  const wrong = others.filter((file) => /from "(bun:sqlite|drizzle-orm)/.test(source(file)));
  expect(wrong).toEqual([]);
});

test("only ollama/ knows the ollama package", () => {
  const others = files.filter((file) => roomOf(file) !== "ollama");
  expect(others.filter((file) => /from "ollama/.test(source(file)))).toEqual([]);
});

test("no function is longer than 40 lines", () => {
  expect(files.flatMap(longFunctions)).toEqual([]);
});

describe("the guide for contributors", () => {
  test("has a row for every folder, and no other", () => {
    const folders = readdirSync("app", { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `app/${name}/`);
    const rows = [...section("The rooms").matchAll(/^\| `(app\/[^`]+\/)` \|/gm)];
    expect(rows.map(([, folder]) => folder).sort()).toEqual(folders.sort());
  });

  test("names only files that exist", () => {
    const named = [...guide.matchAll(/`((?:app|tests|scripts|drizzle)\/[^`\s]*)`/g)];
    expect(named.length).toBeGreaterThan(40);
    expect(named.map(([, path = ""]) => path).filter((path) => !existsSync(path))).toEqual([]);
  });

  test("tells each walk in at most six lines", () => {
    const walks = section("Five walks").split(/^### /m).slice(1);
    expect(walks).toHaveLength(5);
    for (const walk of walks) {
      const [title, ...lines] = walk.trim().split("\n");
      const told = lines.filter((line) => line.trim());
      expect(told.length, title).toBeLessThanOrEqual(6);
      expect(walk.match(/`(?:app|tests|drizzle)\/[^`]+`/g)?.length, title).toBeGreaterThan(2);
    }
  });
});

function source(file: string): string {
  return readFileSync(join("app", file), "utf8");
}

function longFunctions(file: string): string[] {
  const tree = ts.createSourceFile(file, source(file), ts.ScriptTarget.Latest, true);
  const lineAt = (position: number) => tree.getLineAndCharacterOfPosition(position).line + 1;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const [first, last] = [lineAt(node.getStart()), lineAt(node.end)];
      if (last - first >= 40) found.push(`${file}:${first}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function roomOf(file: string): string {
  return file.includes("/") ? (file.split("/")[0] ?? "") : "";
}

function section(title: string): string {
  const found = guide.split(/^## /m).find((part) => part.startsWith(`${title}\n`));
  if (!found) throw new Error(`CONTRIBUTING.md has no section "${title}"`);
  return found;
}

/** What a file imports or exports again from other files of app/. */
function importsOf(file: string): Import[] {
  const tree = ts.createSourceFile(file, source(file), ts.ScriptTarget.Latest);
  return tree.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const from = statement.moduleSpecifier;
    if (!from || !ts.isStringLiteral(from) || !/^[~.]/.test(from.text)) return [];
    const path = from.text.startsWith("~/")
      ? from.text.slice(2)
      : normalize(join(dirname(file), from.text));
    const isCode = [path, `${path}.ts`, `${path}.tsx`].some((name) => files.includes(name));
    return isCode ? [{ path, typeOnly: isTypeOnly(statement) }] : [];
  });
}

function isTypeOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const clause = statement.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  if (clause.name || !names || !ts.isNamedImports(names)) return false;
  return names.elements.every((name) => name.isTypeOnly);
}

/** Files that can be reached from themselves, each circle once as a path of files. */
function circles(): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.add([...trail.slice(start), path].join(" -> "));
    if (start >= 0 || done.has(path)) return;
    const file = files.find((name) => name.replace(/\.tsx?$/, "") === path) ?? path;
    for (const next of imports.get(file) ?? []) visit(next.path, [...trail, path]);
    done.add(path);
  };
  for (const file of files) visit(file.replace(/\.tsx?$/, ""), []);
  return [...found];
}
