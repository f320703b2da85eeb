import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ScriptedOllama, startScriptedOllama } from "../ollama/host";
import { readUntil } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

const COUNT = 40;
let parley: TestParley;
let ollama: ScriptedOllama;

beforeEach(async () => {
  ollama = await startScriptedOllama({ everyMs: 1, slots: COUNT });
  parley = await startParley({ ollama, settings: { parallel: COUNT, queue: COUNT } });
});
afterEach(async () => {
  await parley[Symbol.asyncDispose]();
  await ollama.stop();
});

const looks = () => ollama.requests.filter(({ path }) => path === "/api/ps").length;

test("however many answers wait for their model, its host is asked once a second how it stands", async () => {
  for (const model of ollama.models) model.loadMs = 3_500;
  ollama.always(() => ({ chunks: ["High", " tide."] }));
  const begun = performance.now();
  const paths = await Promise.all(
    Array.from({ length: COUNT }, (_, n) => parley.start(`Prompt ${n}`)),
  );
  await vi.waitFor(() => expect(ollama.chats()).toHaveLength(COUNT), { timeout: 5_000 });
  for (const path of [paths[0] ?? "", paths.at(-1) ?? ""]) {
    const page = await readUntil(await parley.fetch(path), (html) => html.includes("Loading"));
    expect(page.includes("Loading gemma3:4b"), path).toBe(true);
  }
  await Bun.sleep(1_500);
  const seconds = (performance.now() - begun) / 1_000;
  expect(looks()).toBeGreaterThan(0);
  expect(looks()).toBeLessThanOrEqual(seconds + 1);
  // Once they are written each asks for its context, and those who begin together do that together too.
  const before = looks();
  for (const path of paths) {
    expect((await parley.page(path)).includes("<p>High tide.</p>"), path).toBe(true);
  }
  expect(looks() - before).toBeLessThan(COUNT / 2);
}, 30_000);
