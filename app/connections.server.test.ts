import { describe, expect, test } from "vitest";
import { commandLine, connectionsFor } from "./connections.server";

describe("connections to hosts", () => {
  test("are enough for every answer, and some more", () => {
    expect(connectionsFor(4)).toBeLessThan(256);
    expect(connectionsFor(500)).toBeGreaterThan(500);
  });

  test("a program is started anew as it was started", () => {
    const script = {
      argv0: "bun",
      execArgv: ["--smol"],
      argv: ["/bin/bun", "/a/b.js", "--port", "1"],
    };
    expect(commandLine(script)).toEqual(["bun", "--smol", "/a/b.js", "--port", "1"]);
    const inside = { argv0: "./parley", execArgv: [], argv: ["bun", "/$bunfs/root/parley", "a b"] };
    expect(commandLine(inside)).toEqual(["./parley", "a b"]);
  });
});
