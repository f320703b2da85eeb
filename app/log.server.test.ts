import { describe, expect, test } from "vitest";
import { createLog, LOG_LEVELS, type LogFields, type LogLevel } from "./log.server";

const NOON = new Date("2026-11-20T12:00:00.125Z");

function scribe(level: LogLevel = "info", pretty = false) {
  const written: string[] = [];
  const write = (text: string) => void written.push(text);
  const log = createLog({ level, pretty, write, now: () => NOON });
  return { log, written, text: () => written.join("") };
}

function logged(fields: LogFields, level: LogLevel = "info"): Record<string, unknown> {
  const { log, text } = scribe(level);
  log[level]("event", fields);
  return JSON.parse(text());
}

describe("levels", () => {
  test.each(LOG_LEVELS.map((level, index) => [level, LOG_LEVELS.slice(0, index + 1)] as const))(
    "%s writes itself and what is more urgent",
    (level, expected) => {
      const { log, written } = scribe(level);
      for (const at of LOG_LEVELS) log[at](`said.${at}`);
      expect(written.map((line) => JSON.parse(line).level)).toEqual(expected);
    },
  );
});

describe("a JSON line", () => {
  test("names time, level and event first, then the fields, and ends its line", () => {
    const { log, text } = scribe();
    log.info("server.started", { port: 7333, demo: true, address: null });
    expect(text()).toBe(
      '{"time":"2026-11-20T12:00:00.125Z","level":"info","event":"server.started","port":7333,"demo":true,"address":null}\n',
    );
  });

  test("does not let a field replace time, level or event", () => {
    const line = logged({ event: "forged", level: "error", time: "never" });
    expect(line).toMatchObject({ event: "event", level: "info", _event: "forged" });
  });

  const loop: { self?: unknown; name: string } = { name: "loop" };
  loop.self = loop;
  let deep: unknown = "bottom";
  for (let level = 0; level < 20_000; level++) deep = [deep];

  test.each<[string, unknown, unknown]>([
    ["a bigint", 12n, "12"],
    ["not a number", Number.NaN, "NaN"],
    ["infinity", Number.POSITIVE_INFINITY, "Infinity"],
    ["a date", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["an invalid date", new Date(Number.NaN), null],
    ["a URL", new URL("http://host/a"), "http://host/a"],
    ["a symbol", Symbol("s"), "Symbol(s)"],
    ["bytes", new Uint8Array(5), "[5 bytes]"],
    ["a map", new Map([["a", 1]]), [["a", 1]]],
    ["a set", new Set([1]), [1]],
    ["a circle", loop, { name: "loop", self: "[circular]" }],
    ["one object twice", [NOON, NOON], [NOON.toISOString(), NOON.toISOString()]],
    ["a lone surrogate", "\ud800", "\ud800"],
    [
      "a getter that throws",
      Object.defineProperty({}, "x", { enumerable: true, get: fail }),
      "[unreadable]",
    ],
    ["a toJSON that throws", { toJSON: fail }, "[unreadable]"],
  ])("can carry %s", (_, value, expected) => {
    expect(logged({ value }).value).toEqual(expected);
  });

  function fail(): never {
    throw new Error("no");
  }

  test("leaves out what is undefined and bounds what is deep", () => {
    expect(Object.keys(logged({ gone: undefined }))).not.toContain("gone");
    expect(JSON.stringify(logged({ deep }).deep)).toContain("[deeper]");
  });

  test("survives a getter of the fields themselves", () => {
    const fields = Object.defineProperty({ good: 1 }, "bad", { enumerable: true, get: fail });
    expect(logged(fields)).toMatchObject({ good: 1, bad: "[unreadable]" });
  });
});

describe("errors", () => {
  const cause = Object.assign(new TypeError("refused"), { code: "ECONNREFUSED" });
  const error = new Error("no answer", { cause });

  test.each<[LogLevel, LogLevel, boolean]>([
    ["info", "error", true],
    ["info", "warn", false],
    ["info", "info", false],
    ["debug", "warn", true],
    ["debug", "debug", true],
  ])("at log level %s a %s event has a stack: %s", (level, at, hasStack) => {
    const { log, text } = scribe(level);
    log[at]("failed", { error });
    const fields = JSON.parse(text()).error;
    expect(fields).toMatchObject({ name: "Error", message: "no answer" });
    expect(fields.cause).toMatchObject({ name: "TypeError", code: "ECONNREFUSED" });
    expect("stack" in fields).toBe(hasStack);
  });

  test("on a terminal only the frames of the stack follow on lines of their own", () => {
    const { log, text } = scribe("info", true);
    log.error("failed", { error: new Error("bad\n12:00:00.000 info  forged"), host: "demo" });
    const [head, ...frames] = text().trimEnd().split("\n");
    expect(head).toContain('error={"name":"Error","message":"bad\\n12:00:00.000 info  forged"}');
    expect(head).toMatch(/host=demo$/);
    expect(frames.length).toBeGreaterThan(0);
    for (const frame of frames) expect(frame).toMatch(/^ {6}at /);
  });
});

describe("a readable line", () => {
  test("reads as time, level, event and fields", () => {
    const { log, text } = scribe("info", true);
    log.warn("host.gone", { address: "http://a:1", why: "no route", tries: 3, seen: { a: [1] } });
    expect(text()).toBe(
      '12:00:00.125 warn  host.gone address=http://a:1 why="no route" tries=3 seen={"a":[1]}\n',
    );
  });

  test.each([
    ["", '""'],
    ["a=b", '"a=b"'],
    ['say "hi"', '"say \\"hi\\""'],
    ["back\\slash", '"back\\\\slash"'],
  ])("quotes %j", (value, expected) => {
    const { log, text } = scribe("info", true);
    log.info("event", { value });
    expect(text()).toContain(`value=${expected}\n`);
  });
});

describe("log injection", () => {
  const controls = [...Array(32).keys(), ...Array.from({ length: 33 }, (_, index) => 127 + index)];
  const marks = [0x2028, 0x2029, 0x202e, 0x2066];
  const nasty = [...controls, ...marks].map((code) => String.fromCharCode(code)).join("x");

  test.each([false, true])("no value, name or event breaks the line (pretty: %s)", (pretty) => {
    const { log, text } = scribe("info", pretty);
    log.info(`event${nasty}`, { value: nasty, list: [nasty], [`name${nasty}`]: 1 });
    expect(text().endsWith("\n")).toBe(true);
    const line = text().slice(0, -1);
    for (const char of nasty.replaceAll("x", "")) expect(line).not.toContain(char);
    if (!pretty) expect(JSON.parse(line)).toMatchObject({ event: `event${nasty}`, value: nasty });
  });
});

test("a log that cannot be written throws nothing", () => {
  const write = () => {
    throw new Error("EPIPE");
  };
  const log = createLog({ level: "info", pretty: false, write });
  expect(() => log.error("event", { error: new Error("x") })).not.toThrow();
});
