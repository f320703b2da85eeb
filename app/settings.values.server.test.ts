import { describe, expect, test } from "vitest";
import { type Environment, readSettings, type Settings } from "./settings.server";

function settings(argv: readonly string[], env: Environment = {}): Settings {
  const reading = readSettings(argv, env, "/home/ada");
  if (reading.kind !== "serve") throw new Error(JSON.stringify(reading));
  return reading.settings;
}

function faults(env: Environment): string[] {
  const reading = readSettings([], env, "/home/ada");
  return reading.kind === "faults" ? reading.faults : [];
}

describe("what a value means", () => {
  test.each<[string, string, Partial<Settings>]>([
    ["--host", "0.0.0.0", { host: "0.0.0.0" }],
    ["--host", "[::1]", { host: "::1" }],
    ["--host", "::", { host: "::" }],
    ["--host", "LocalHost", { host: "localhost" }],
    ["--port", "0", { port: 0 }],
    ["--port", "65535", { port: 65535 }],
    ["--data", "/srv/parley", { dataDir: "/srv/parley", databaseFile: "/srv/parley/parley.db" }],
    ["--data", "here", { dataDir: "here", databaseFile: "here/parley.db" }],
    ["--data", "~/talks", { dataDir: "/home/ada/talks" }],
    ["--data", "~", { dataDir: "/home/ada" }],
    ["--data", "~bob", { dataDir: "~bob" }],
    ["--database", "sqlite:/srv/p.db", { databaseFile: "/srv/p.db" }],
    ["--database", "sqlite:p.db", { databaseFile: "p.db" }],
    ["--database", "sqlite:///srv/p.db", { databaseFile: "/srv/p.db" }],
    ["--database", "sqlite:////srv/p.db", { databaseFile: "/srv/p.db" }],
    ["--database", "sqlite://p.db", { databaseFile: "p.db" }],
    ["--database", "SQLite:~/p.db", { databaseFile: "/home/ada/p.db" }],
    ["--database", "file:./p.db", { databaseFile: "./p.db" }],
    ["--database", "file:///srv/p.db", { databaseFile: "/srv/p.db" }],
    ["--database", "file://localhost/srv/p.db", { databaseFile: "/srv/p.db" }],
    ["--database", "file:///C:/data/p.db", { databaseFile: "C:/data/p.db" }],
    ["--database", "C:\\data\\p.db", { databaseFile: "C:\\data\\p.db" }],
    ["--database", "/srv/a?b.db", { databaseFile: "/srv/a?b.db" }],
    ["--demo", "OFF", { demo: "off" }],
    ["--parallel", "10000", { parallel: 10_000 }],
    ["--queue", "0", { queue: 0 }],
    ["--log-level", "Debug", { logLevel: "debug" }],
    ["--base-path", "/", { basePath: "" }],
    ["--base-path", "", { basePath: "" }],
    ["--base-path", "parley", { basePath: "/parley" }],
    ["--base-path", "//apps/parley/", { basePath: "/apps/parley" }],
    [
      "--allowed-hosts",
      "Wiki.lan, [::1]:80,10.0.0.1:8080,::1",
      { allowedHosts: ["wiki.lan", "[::1]:80", "10.0.0.1:8080", "[::1]"] },
    ],
    ["--allowed-hosts", "münchen.example", { allowedHosts: ["xn--mnchen-3ya.example"] }],
    [
      "--trusted-origins",
      "https://Wiki.lan/, http://a:8080,https://b:443",
      { trustedOrigins: ["https://wiki.lan", "http://a:8080", "https://b"] },
    ],
    ["--allowed-hosts", "Wiki.lan,,wiki.lan ", { allowedHosts: ["wiki.lan"] }],
  ])("%s %s", (flag, value, expected) => {
    expect(settings([`${flag}=${value}`])).toMatchObject(expected);
  });

  test.each<[Environment, string]>([
    [{ XDG_DATA_HOME: "/data" }, "/data/parley"],
    [{ XDG_DATA_HOME: "relative" }, "/home/ada/.local/share/parley"],
    [{ OS: "Windows_NT", LOCALAPPDATA: "/local" }, "/local/parley"],
    [{ LOCALAPPDATA: "/local" }, "/home/ada/.local/share/parley"],
  ])("with %j data belongs in %s", (env, expected) => {
    expect(settings([], env).dataDir).toBe(expected);
  });
});

describe("OLLAMA_HOST in every form that Ollama accepts", () => {
  test.each([
    ["1.2.3.4", "http://1.2.3.4:11434"],
    ["1.2.3.4:1234", "http://1.2.3.4:1234"],
    [":1234", "http://127.0.0.1:1234"],
    ["0.0.0.0", "http://127.0.0.1:11434"],
    ["0.0.0.0:80", "http://127.0.0.1"],
    ["example.com", "http://example.com:11434"],
    ["example.com:1234", "http://example.com:1234"],
    ["my_box", "http://my_box:11434"],
    ["[::1]", "http://[::1]:11434"],
    ["::1", "http://[::1]:11434"],
    ["::", "http://[::1]:11434"],
    ["[::]:1337", "http://[::1]:1337"],
    ["[fe80::1]:1337", "http://[fe80::1]:1337"],
    [" 1.2.3.4 ", "http://1.2.3.4:11434"],
    ['"1.2.3.4"', "http://1.2.3.4:11434"],
    [' " 1.2.3.4 " ', "http://1.2.3.4:11434"],
    ["'1.2.3.4'", "http://1.2.3.4:11434"],
    ['""', "http://127.0.0.1:11434"],
    ["http://1.2.3.4", "http://1.2.3.4"],
    ["http://1.2.3.4:80", "http://1.2.3.4"],
    ["http://1.2.3.4:4321", "http://1.2.3.4:4321"],
    ["http://0.0.0.0:11434", "http://127.0.0.1:11434"],
    ["https://1.2.3.4", "https://1.2.3.4"],
    ["https://1.2.3.4:4321", "https://1.2.3.4:4321"],
    ["HTTPS://Example.com/", "https://example.com"],
    ["https://example.com/ollama", "https://example.com/ollama"],
    ["https://example.com/ollama//", "https://example.com/ollama"],
    ["example.com/ollama/", "http://example.com:11434/ollama"],
    ["https://ada:secret@example.com", "https://ada:secret@example.com"],
    ["ollama.com", "https://ollama.com"],
  ])("%s is %s", (value, expected) => {
    expect(settings([], { OLLAMA_HOST: value }).ollama).toBe(expected);
  });

  test.each([":66000", ":-1", ":0", "host:", "host:port", "http://host:1x", "[::1]:70000"])(
    "%s has a port that is none",
    (value) => {
      expect(faults({ OLLAMA_HOST: value })).toEqual([
        expect.stringMatching(/^OLLAMA_HOST is ".*", but it must be .* a port from 1 to 65535/),
      ]);
    },
  );

  test.each(["ftp://host", "a b", "http://a?b=c", "http://a/#b", "http://256.1.1.1", "1:2:3"])(
    "%s is no address",
    (value) => {
      expect(faults({ OLLAMA_HOST: value })).toHaveLength(1);
    },
  );
});
