import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
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
      "components",
      "browser",
      "transfer",
    ],
  },
  routes: { code: ["http", "live", "pages", "components", "conversations", "transfer"] },
  pages: {
    code: ["http", "live", "components", "conversations", "files", "generation", "models"],
    types: ["db", "markdown", "transfer"],
  },
  live: { code: ["components", "markdown"], types: ["generation"] },
  http: { code: ["transfer"], types: ["components", "pages"] },
  components: { code: [], types: ["generation"] },
  browser: { code: [] },
  conversations: { code: ["generation"], types: ["db", "models"] },
  generation: { code: ["files", "markdown", "ollama"], types: ["db", "models"] },
  files: { code: [], types: ["db"] },
  transfer: { code: ["conversations", "files"], types: ["db"] },
  models: { code: ["ollama"] },
  markdown: { code: [] },
  ollama: { code: [] },
  db: { code: [] },
  shared: { code: [] },
};

/** What every room may use: app/shared/, and these files at the top of app/. */
const SHARED = new Set(["errors", "log.server", "settings.server", "steering", "limits"]);

interface Import {
  from: string;
  room: string;
  typeOnly: boolean;
}

const files = readdirSync("app", { recursive: true, encoding: "utf8" }).filter(
  (file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file),
);

describe("the arrows between rooms", () => {
  for (const [room, { code, types = [] }] of Object.entries(MAY_IMPORT)) {
    test(`${room || "app"} imports only what lies below it`, () => {
      const own = files.filter((file) => roomOf(file) === room);
      expect(own.length, "the room has files").toBeGreaterThan(0);
      const wrong = own.flatMap((file) =>
        importsOf(file)
          .filter(({ room: other }) => other !== room && !code.includes(other))
          .filter(({ room: other, typeOnly }) => !(typeOnly && types.includes(other)))
          .map(({ from }) => `${file} -> ${from}`),
      );
      expect(wrong).toEqual([]);
    });
  }

  test("every folder is a room with its arrows", () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
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

function source(file: string): string {
  return readFileSync(join("app", file), "utf8");
}

function roomOf(file: string): string {
  return file.includes("/") ? (file.split("/")[0] ?? "") : "";
}

/** What a file imports from other rooms of app/. */
function importsOf(file: string): Import[] {
  const statements = source(file).matchAll(
    /^(?:import|export)\s+(type\s+)?([^;"]*?from\s+)?"([~.][^"]*)"/gm,
  );
  return [...statements].flatMap(([, type, names = "", from = ""]) => {
    const path = from.startsWith("~/")
      ? from.slice(2)
      : relative(".", normalize(join(dirname(file), from)));
    if (path.startsWith("..") || path.startsWith("shared/") || SHARED.has(path)) return [];
    if (path.endsWith(".css")) return [];
    const everyNameIsType =
      /\{/.test(names) &&
      names
        .replace(/[{}\s]|from/g, "")
        .split(",")
        .filter(Boolean).length > 0 &&
      [...names.matchAll(/[{,]\s*(type\s)?\s*\w+/g)].every(([, word]) => word);
    return [{ from, room: roomOf(path), typeOnly: Boolean(type) || everyNameIsType }];
  });
}
