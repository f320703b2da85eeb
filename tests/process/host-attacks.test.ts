import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ANSWER_BYTES } from "../../app/limits";
import { asDocument, type BadReply, endless, gzipBomb, lineOf, raw } from "../ollama/bad-replies";
import { type ScriptedModel, type ScriptedOllama, startScriptedOllama } from "../ollama/host";
import { type Impact, leastImpactOf, SMALL_MACHINE } from "../support/impact";
import { Launcher, type RunningParley } from "../support/process";

/** A host that sends without end, or something that is slow to read, neither stalls others nor fills memory. */
let launcher: Launcher;
let ollama: ScriptedOllama;

beforeEach(async () => {
  launcher = new Launcher();
  ollama = await startScriptedOllama({ everyMs: 0 });
});
afterEach(async () => {
  await launcher[Symbol.asyncDispose]();
  await ollama.stop();
});

const launch = (env: Record<string, string> = {}) =>
  launcher.launch(["--ollama", ollama.url, "--demo", "off"], { ...SMALL_MACHINE, ...env });

const MIB = 1024 ** 2;
const ENOUGH: Impact = { stallMs: 250, grownBytes: 64 * MIB };
const BOMB = gzipBomb(500 * MIB);
const SPACES = `${lineOf(" ".repeat(10)).repeat(60_000)}${lineOf("Done.", { done: true })}`;
const WIDE = `${JSON.stringify({ a: Array(300_000).fill({}) })}\n`;
const DEEP = `${"[".repeat(500_000)}\n`;

/** An answer at its limit is there in memory, in the batch to be stored, in the database and in its index. */
const OWN_BYTES = 4 * ANSWER_BYTES;

/** The first try also warms the runtime's buffers, so there are some more than usual. */
async function expectCalm(
  parley: RunningParley,
  act: () => Promise<unknown>,
  ownBytes = 0,
): Promise<void> {
  const enough = { ...ENOUGH, grownBytes: ENOUGH.grownBytes + ownBytes };
  const impact = await leastImpactOf(parley, act, enough, 5);
  expect(impact.stallMs).toBeLessThan(enough.stallMs);
  expect(impact.grownBytes).toBeLessThan(enough.grownBytes);
}

/** Asks, waits for the end, and gives what the log says of it. */
async function ended(parley: RunningParley, model?: string): Promise<Record<string, unknown>> {
  const ends = () => parley.log().filter(({ event }) => event === "generation ended");
  const before = ends().length;
  await parley.start("Hello", model);
  await vi.waitFor(() => expect(ends().length).toBe(before + 1), { timeout: 30_000 });
  return ends().at(-1) ?? {};
}

const ANSWERS: [what: string, badReply: BadReply, end: Record<string, unknown>][] = [
  ["an endless error", endless("no ", { status: 500 }), { state: "failed", code: "said-no" }],
  ["an endless answer", endless(lineOf("A tide. ".repeat(100))), { state: "finished" }],
  ["an endless answer in words", endless(lineOf(" tide")), { state: "finished" }],
  [
    "endless thinking",
    endless(lineOf("", { message: { content: "", thinking: "Hm. ".repeat(100) } })),
    { state: "finished" },
  ],
  ["an endless line", endless("x"), { state: "failed", code: "garbled" }],
  ["a line that unpacks to 500 MiB", BOMB, { state: "failed", code: "garbled" }],
  [
    "an error that unpacks to 500 MiB",
    { ...BOMB, status: 500 },
    { state: "failed", code: "garbled" },
  ],
  ["600 KB of white space in small chunks", raw(SPACES), { state: "finished" }],
  ["lines of 300,000 values", raw(WIDE.repeat(30)), { state: "failed", code: "garbled" }],
  ["a line nested 500,000 deep", raw(DEEP), { state: "failed", code: "garbled" }],
];

describe("an answer", () => {
  test.each(ANSWERS)("that is %s", { timeout: 120_000 }, async (_, badReply, end) => {
    const parley = await launch();
    ollama.replyWith("/api/chat", badReply);
    const act = async () => expect(await ended(parley)).toMatchObject(end);
    await expectCalm(parley, act, end.state === "finished" ? OWN_BYTES : 0);
    await vi.waitFor(() => expect(ollama.active()).toBe(0));
  });
});

test("lines without end that say nothing leave others alone, and Stop ends them", {
  timeout: 60_000,
}, async () => {
  const parley = await launch();
  for (const line of ["\n", lineOf("")]) {
    ollama.replyWith("/api/chat", endless(line));
    await expectCalm(parley, async () => {
      const path = await parley.start("Hello");
      await Bun.sleep(1_500);
      await parley.post(`${path}/stop`, {});
    });
  }
});

const named = (count: number) =>
  raw(JSON.stringify({ models: Array.from({ length: count }, (_, n) => ({ name: `m-${n}` })) }));
const OBJECTS = "{},".repeat(300_000);

const LISTS: [what: string, path: string, badReply: BadReply][] = [
  ["a list of 100,000 models", "/api/tags", named(100_000)],
  ["a list of 10,000 models", "/api/tags", named(10_000)],
  ["an endless list", "/api/tags", endless('{"models":[')],
  ["a list that unpacks to 500 MiB", "/api/tags", BOMB],
  ["a list of 300,000 values", "/api/tags", raw(`{"models":[${OBJECTS}{}]}`)],
  ["endless descriptions", "/api/show", endless("x")],
  ["descriptions of 300,000 values", "/api/show", raw(`[${OBJECTS}{}]`)],
  ["endless lists of what is loaded", "/api/ps", endless("x")],
];

describe("a host with", () => {
  test.each(LISTS)("%s", { timeout: 120_000 }, async (_, path, badReply) => {
    const parley = await launch();
    await parley.page("/");
    ollama.replyWith(path, asDocument(badReply));
    // Long enough for Parley to ask what is loaded.
    ollama.always({ promptMs: 1_200, chunks: ["Fine."] });
    const asked = () => ollama.requests.filter((one) => one.path === path).length;
    await expectCalm(parley, async () => {
      const before = asked();
      ollama.models = Array.from({ length: 20 }, (_, n) => newModel(n));
      // A model that is not there has the list asked for anew.
      await ended(parley, "not-there");
      await ended(parley, "m-0");
      for (const page of ["/", "/settings"]) await parley.page(page);
      expect(asked()).toBeGreaterThan(before);
    });
  });
});

/** A model under the same name that nobody has asked about. */
function newModel(n: number): ScriptedModel {
  const digest = Bun.randomUUIDv7().replaceAll("-", "").padEnd(64, "0");
  return { name: `m-${n}`, digest, capabilities: ["completion"] };
}

test("an endless title ends at its limit", { timeout: 120_000 }, async () => {
  const parley = await launch({ PARLEY_TITLES: "on" });
  await expectCalm(parley, async () => {
    const before = ollama.chats().length;
    ollama.next({ chunks: ["Fine."] });
    ollama.always({ endless: '"x'.repeat(500) });
    await ended(parley);
    await vi.waitFor(() => expect(ollama.chats().length).toBe(before + 2), { timeout: 30_000 });
    await vi.waitFor(() => expect(ollama.active()).toBe(0), { timeout: 30_000 });
  });
});

test.each(ANSWERS.filter(([what]) => what.includes("endless")))(
  "SIGTERM does not wait for %s",
  { timeout: 30_000 },
  async (_, badReply) => {
    const parley = await launch();
    ollama.replyWith("/api/chat", badReply);
    await parley.start("Hello");
    await Bun.sleep(50);
    const begun = performance.now();
    expect((await parley.end("SIGTERM")).code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5_000);
  },
);
