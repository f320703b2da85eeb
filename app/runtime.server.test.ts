import { describe, expect, test } from "vitest";
import { commandLine, environmentFor } from "./runtime.server";

const CONNECTIONS = "BUN_CONFIG_MAX_HTTP_REQUESTS";
const MEMORY = "BUN_JSC_forceRAMSize";

describe("the runtime", () => {
  test("stays as it is for a few answers at a time", () => {
    for (const parallel of [1, 4, 32]) expect(environmentFor(parallel, {})).toBeUndefined();
  });

  test("gets a connection for every answer and some more", () => {
    const env = environmentFor(500, { PATH: "/bin" });
    expect(Number(env?.[CONNECTIONS])).toBeGreaterThan(500);
    expect(env?.PATH).toBe("/bin");
    expect(environmentFor(200, {})?.[CONNECTIONS]).toBeUndefined();
  });

  test("is started anew once", () => {
    for (const parallel of [64, 500, 10_000]) {
      const env = environmentFor(parallel, { PATH: "/bin" });
      expect(env).toBeDefined();
      expect(environmentFor(parallel, env ?? {})).toBeUndefined();
    }
  });

  test("leaves what somebody has set", () => {
    const own = { [CONNECTIONS]: "300", [MEMORY]: "1000000000" };
    expect(environmentFor(500, own)).toBeUndefined();
    expect(environmentFor(500, { ...own, [MEMORY]: "" })).toMatchObject({ [CONNECTIONS]: "300" });
  });

  test("is told nothing that another Bun may not know", () => {
    expect(environmentFor(64, {}, "9.9.9")).toBeUndefined();
    expect(environmentFor(500, {}, "9.9.9")).not.toHaveProperty(MEMORY);
  });
});

/** Makes much garbage beside a few megabytes that stay, and prints the most memory that it had. */
const CHURN = `
  const kept = Array.from({ length: 40 }, (_, n) => Array.from({ length: 20_000 }, (_, m) => ({ n, m })));
  let peak = 0;
  for (let n = 0; n < 2_000; n++) {
    kept[n % 40] = Array.from({ length: 20_000 }, (_, m) => ({ n, m }));
    if (n % 20 === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }
  console.log(peak);`;

async function peakWith(env: Record<string, string | undefined>): Promise<number> {
  const child = Bun.spawn([process.execPath, "-e", CHURN], { env: { ...process.env, ...env } });
  return Number(await new Response(child.stdout).text());
}

test("this Bun lets less garbage stand when it is told of little memory", async () => {
  const env = environmentFor(500, {});
  expect(env, "this Bun has been tested").toHaveProperty(MEMORY);
  const [usual, told] = await Promise.all([peakWith({ [MEMORY]: undefined }), peakWith(env ?? {})]);
  expect(told).toBeGreaterThan(0);
  expect(told / usual).toBeLessThan(0.75);
}, 60_000);

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
