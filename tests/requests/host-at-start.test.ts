import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HOST_AT_START_MS } from "../../app/limits";
import { startParley, type TestParley } from "../support/parley";

/** A machine may start Parley before Ollama: what was queued waits for it, but not for ever. */
let parley: TestParley;
let now = 0;

beforeEach(async () => {
  parley = await startParley({ settings: { parallel: 1, demo: "off" } });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await parley[Symbol.asyncDispose]();
});

/** A prompt that was queued when Parley ended, and is now waiting for a host that is away. */
async function queuedAtStart(): Promise<string> {
  parley.ollama.next({ chunks: ["Half", " whole"], holdAfter: 1 });
  await parley.start("First");
  await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
  const path = await parley.start("Second");
  await parley.ollama.goAway();
  now = performance.now();
  vi.spyOn(performance, "now").mockImplementation(() => now);
  await parley.restart();
  return path;
}

const ends = () => parley.log.filter(({ event }) => event === "generation ended").slice(1);

test("a prompt is answered by a host that comes at the last moment", async () => {
  const path = await queuedAtStart();
  now += HOST_AT_START_MS;
  // It has looked for the host meanwhile.
  await Bun.sleep(1_500);
  expect(ends()).toEqual([]);
  parley.ollama.always({ chunks: ["At last."] });
  await parley.ollama.comeBack();
  expect(await parley.page(path)).toContain("At last.");
});

test("a prompt is given up past that", async () => {
  const path = await queuedAtStart();
  now += HOST_AT_START_MS + 1;
  await vi.waitFor(() => expect(ends()).toMatchObject([{ code: "unreachable" }]), 5_000);
  expect(await parley.page(path)).toContain("Ollama could not be reached.");
});
