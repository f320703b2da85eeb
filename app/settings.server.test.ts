import { describe, expect, test } from "vitest";
import {
  type Environment,
  helpText,
  readSettings,
  SETTINGS,
  type Settings,
  settingsTable,
} from "./settings.server";

const HOME = "/home/ada";

function settings(argv: readonly string[], env: Environment = {}): Settings {
  const reading = readSettings(argv, env, HOME);
  if (reading.kind !== "serve") throw new Error(JSON.stringify(reading));
  return reading.settings;
}

function faults(argv: readonly string[], env: Environment = {}): string[] {
  const reading = readSettings(argv, env, HOME);
  return reading.kind === "faults" ? reading.faults : [];
}

test("without flags and variables every setting has its default", () => {
  expect(settings([])).toEqual({
    host: "127.0.0.1",
    port: 7333,
    dataDir: "/home/ada/.local/share/parley",
    databaseFile: "/home/ada/.local/share/parley/parley.db",
    ollama: "http://127.0.0.1:11434",
    demo: "auto",
    parallel: 4,
    queue: 100,
    titles: true,
    logLevel: "info",
    basePath: "",
    allowedHosts: [],
    trustedOrigins: [],
  });
});

describe("where a value comes from", () => {
  test.each<[string, string[], Environment, Partial<Settings>]>([
    ["a flag and its value", ["--port", "1"], {}, { port: 1 }],
    ["a flag with =", ["--port=2"], {}, { port: 2 }],
    ["the last of two flags", ["--port=2", "--port", "3"], {}, { port: 3 }],
    ["a variable", [], { PARLEY_PORT: "4" }, { port: 4 }],
    ["a flag before a variable", ["--port", "1"], { PARLEY_PORT: "4" }, { port: 1 }],
    ["a flag before a wrong variable", ["--port", "1"], { PARLEY_PORT: "x" }, { port: 1 }],
    ["PORT where PARLEY_PORT is missing", [], { PORT: "5" }, { port: 5 }],
    ["PARLEY_PORT before PORT", [], { PARLEY_PORT: "4", PORT: "5" }, { port: 4 }],
    ["an empty variable counts as unset", [], { PARLEY_PORT: "", PORT: "5" }, { port: 5 }],
    ["so does one of spaces", [], { PARLEY_PORT: " ", PORT: " 5\r" }, { port: 5 }],
    ["DEBUG=1", [], { DEBUG: "1" }, { logLevel: "debug" }],
    ["DEBUG that is meant for others", [], { DEBUG: "express:*" }, { logLevel: "info" }],
    ["LOG_LEVEL before DEBUG", [], { DEBUG: "1", LOG_LEVEL: "warn" }, { logLevel: "warn" }],
    [
      "an empty flag before a variable",
      ["--allowed-hosts="],
      { PARLEY_ALLOWED_HOSTS: "a" },
      { allowedHosts: [] },
    ],
    ["a value that starts with a dash", ["--data", "-x"], {}, { dataDir: "-x" }],
    ["a value with = in it", ["--data=a=b"], {}, { dataDir: "a=b" }],
    ["the command serve", ["serve", "--port", "1"], {}, { port: 1 }],
    ["the command after a flag", ["--port", "1", "serve"], {}, { port: 1 }],
  ])("%s", (_, argv, env, expected) => {
    expect(settings(argv, env)).toMatchObject(expected);
  });
});

test.each<[string, string[]]>([
  ["help", ["--help"]],
  ["help", ["-h"]],
  ["help", ["help"]],
  ["help", ["--port", "x", "--nonsense", "--help"]],
  ["help", ["--data", "-h"]],
  ["help", ["-v", "-h"]],
  ["version", ["--version"]],
  ["version", ["serve", "-v"]],
])("%s is the answer to %j", (kind, argv) => {
  expect(readSettings(argv, {}, HOME)).toEqual({ kind });
});

describe("faults", () => {
  test.each<[string, string[], Environment, string]>([
    [
      "a port",
      [],
      { PORT: "abc" },
      'PORT is "abc", but it must be a whole number from 0 to 65535.',
    ],
    [
      "a port out of bounds",
      ["--port", "65536"],
      {},
      '--port is "65536", but it must be a whole number from 0 to 65535.',
    ],
    [
      "an empty port",
      ["--port="],
      {},
      '--port is "", but it must be a whole number from 0 to 65535.',
    ],
    ["a port by Kubernetes", [], { PARLEY_PORT: "tcp://10.0.0.1:7333" }, "enableServiceLinks"],
    [
      "a negative number",
      ["--queue", "-1"],
      {},
      '--queue is "-1", but it must be a whole number from 0 to 100000.',
    ],
    ["a fraction", [], { PARLEY_PARALLEL: "1.5" }, "a whole number from 1 to 10000"],
    ["no generations at all", ["--parallel=0"], {}, "a whole number from 1 to 10000"],
    [
      "a word of its own",
      [],
      { PARLEY_DEMO: "yes" },
      'PARLEY_DEMO is "yes", but it must be auto, on or off.',
    ],
    ["a level", [], { LOG_LEVEL: "loud" }, "it must be error, warn, info or debug."],
    ["a host with a port", ["--host", "127.0.0.1:80"], {}, "--port sets"],
    ["a host with a scheme", ["--host", "http://a"], {}, "without a port"],
    ["no host", ["--host="], {}, "an IP address or a host name"],
    ["no folder", ["--data="], {}, "the path of a folder"],
    ["PostgreSQL", [], { DATABASE_URL: "postgres://a/b" }, "PostgreSQL is not in this release"],
    [
      "PostgreSQL by its long name",
      [],
      { DATABASE_URL: "postgresql:b" },
      "PostgreSQL is not in this release",
    ],
    ["another database", [], { DATABASE_URL: "mysql://a/b" }, "the path of a file"],
    ["memory", ["--database", ":memory:"], {}, "the path of a file"],
    ["memory with a scheme", ["--database", "sqlite::memory:"], {}, "the path of a file"],
    ["a folder as database", ["--database", "/srv/"], {}, "the path of a file"],
    ["no database", ["--database=sqlite:"], {}, "the path of a file"],
    ["options of a database", ["--database", "sqlite:p.db?mode=ro"], {}, "without options"],
    ["a base path that climbs", ["--base-path", "/a/../b"], {}, "a path such as /parley"],
    ["a base path that is a URL", ["--base-path", "https://a/b"], {}, "a path such as /parley"],
    ["an allowed origin", ["--allowed-hosts", "https://a"], {}, "host names"],
    ["an allowed pattern", ["--allowed-hosts", "a,*.b"], {}, "host names"],
    ["an allowed port", ["--allowed-hosts", "a:0"], {}, "host names"],
    ["an allowed path", ["--allowed-hosts", "a/b"], {}, "host names"],
    ["an origin without scheme", ["--trusted-origins", "a"], {}, "origins such as"],
    ["an origin with a path", ["--trusted-origins", "https://a/b"], {}, "origins such as"],
    ["an origin with a name", ["--trusted-origins", "https://a@b"], {}, "origins such as"],
    ["an origin that is opaque", ["--trusted-origins", "app://a"], {}, "origins such as"],
    ["any origin", ["--trusted-origins", "https://*"], {}, "origins such as"],
    ["a flag without a value", ["--port"], {}, "--port needs a value, but none follows it."],
    ["a flag before a flag", ["--data", "--port=1"], {}, "--data needs a value"],
    [
      "a flag that is unknown",
      ["--prot", "8080"],
      {},
      '"--prot" is not a setting; did you mean --port?',
    ],
    ["a longer flag", ["--data-dir=x"], {}, "did you mean --data?"],
    ["a shorter flag", ["--log", "debug"], {}, "did you mean --log-level?"],
    ["a flag with a line below", ["--base_path=/"], {}, "did you mean --base-path?"],
    ["a flag that is denied", ["--no-demo"], {}, "did you mean --demo?"],
    ["a flag with one dash", ["-port=1"], {}, "did you mean --port?"],
    ["a flag like no other", ["--frobnicate"], {}, "parley --help lists what there is."],
    [
      "a stray word",
      ["sevre"],
      {},
      '"sevre" is neither a command nor a setting; did you mean serve?',
    ],
    ["a word of every object", ["constructor"], {}, '"constructor" is neither'],
    ["a stray flag name", ["port=1"], {}, "did you mean --port?"],
    ["a value on help", ["--help=port"], {}, "did you mean --help?"],
  ])("%s", (_, argv, env, expected) => {
    const found = faults(argv, env);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
    expect(found[0]).toMatch(/[.?]$/);
  });

  test("all come at once", () => {
    const found = faults(["--port", "x", "--nope", "stray"], { PARLEY_DEMO: "x", LOG_LEVEL: "x" });
    expect(found.map((fault) => fault.split(" ")[0])).toEqual([
      '"--nope"',
      "--port",
      "PARLEY_DEMO",
      "LOG_LEVEL",
    ]);
  });

  test.each([
    [{ DATABASE_URL: "postgres://ada:se/cr@et@db/parley" }],
    [{ OLLAMA_HOST: "ada:se/cr@et@host:99999" }],
  ])("show no password", (env: Environment) => {
    const [found] = faults([], env);
    expect(found).toContain("***@");
    expect(found).not.toMatch(/se\/cr|et@/);
  });

  test("show what was given on one line, and not all of it", () => {
    const [found] = faults(["--demo", `a\nb${"x".repeat(1000)}`]);
    expect(found).toContain('"a\\nb');
    expect(found?.length).toBeLessThan(250);
  });
});

describe("help and docs", () => {
  const rows = Object.values(SETTINGS);

  test("help fits 80 columns and ends its last line", () => {
    for (const line of helpText().split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(helpText()).toMatch(/[^\n]\n$/);
  });

  test.each(rows.map((row) => [row.flag, row] as const))("--%s is in both", (flag, row) => {
    for (const text of [helpText(), settingsTable()]) {
      expect(text).toContain(`--${flag}`);
      for (const name of row.env) expect(text).toContain(name);
      if (row.toggle) expect(text).toContain(`${row.toggle.name}=${row.toggle.is}`);
      expect(text.replace(/\s+/g, " ")).toContain(row.default);
      expect(text.replace(/\s+/g, " ")).toContain(row.sentence);
    }
    expect(row.sentence).toMatch(/^[A-Z].*\.$/);
  });

  test("the table is one row a setting, each of four cells", () => {
    const lines = settingsTable().trimEnd().split("\n");
    expect(lines).toHaveLength(rows.length + 2);
    for (const line of lines) expect(line.split("|")).toHaveLength(6);
  });

  test("no two settings share a name", () => {
    const names = rows.flatMap((row) => [row.flag, ...row.env]);
    expect(new Set(names).size).toBe(names.length);
  });
});
