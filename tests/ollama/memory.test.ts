import { afterEach, describe, expect, test, vi } from "vitest";
import { ask, dial } from "./client";
import { type HostOptions, type ScriptedOllama, startScriptedOllama } from "./host";

let host: ScriptedOllama;
afterEach(() => host.stop());

const start = async (options: HostOptions) => {
  host = await startScriptedOllama({ everyMs: 0, ...options });
};
const user = (content: string) => [{ role: "user", content }];
const gemma = { model: "gemma3:4b", messages: user("x"), stream: false };
const qwen = { ...gemma, model: "qwen3:8b" };
const send = (body: object) => ask(host, "POST", "/api/chat", body);
const read = async (body: object) => JSON.parse((await send(body)).text).prompt_eval_count;
const inMemory = async () =>
  JSON.parse((await ask(host, "GET", "/api/ps")).text).models.map(
    ({ name }: { name: string }) => name,
  );
const loads = () => host.chats().map(({ load }) => load?.evicted);

describe("one model in memory", () => {
  test("leaves for the one that is asked, and comes back when it is asked again", async () => {
    await start({ maxLoaded: 1 });
    for (const body of [gemma, gemma, qwen, gemma]) await send(body);
    expect(loads()).toEqual([[], undefined, ["gemma3:4b"], ["qwen3:8b"]]);
    expect(await inMemory()).toEqual(["gemma3:4b"]);
  });

  test("stays while it is busy, and everyone behind the one that waits for memory waits", async () => {
    await start({ maxLoaded: 1 });
    host.next({ chunks: ["a"], holdAfter: 1 });
    const busy = dial(host, "/api/chat", { ...gemma, stream: true });
    await vi.waitFor(() => expect(host.held()).toBe(1));
    const other = send(qwen);
    await vi.waitFor(() => expect(host.queued()).toBe(1));
    const again = send(gemma);
    await vi.waitFor(() => expect(host.queued()).toBe(2));
    host.release();
    await Promise.all([other, again]);
    expect(loads()).toEqual([[], ["gemma3:4b"], ["qwen3:8b"]]);
    busy.leave();
  });

  test("is loaded anew for another context", async () => {
    await start({ maxLoaded: 1 });
    await send(gemma);
    await send({ ...gemma, options: { num_ctx: 8192 } });
    expect(loads()).toEqual([[], ["gemma3:4b"]]);
  });
});

test("two names of the same weights share what is in memory, under the first name", async () => {
  await start({});
  const [first] = host.models;
  if (first) host.models.push({ ...first, name: "my-qwen:latest" });
  await send(qwen);
  await send({ ...qwen, model: "my-qwen" });
  expect(loads()).toEqual([[], undefined]);
  expect(await inMemory()).toEqual(["qwen3:8b"]);
});

test("a client that leaves while its prompt is read is noticed after the batch", async () => {
  await start({ batchMs: 200 });
  const long = dial(host, "/api/chat", { ...gemma, messages: user("x".repeat(8_000)) });
  await vi.waitFor(() => expect(host.active()).toBe(1));
  long.leave();
  await vi.waitFor(() => expect(host.chats()[0]?.closedByClient).toBeGreaterThan(0));
  expect(host.active()).toBe(1);
  const before = performance.now();
  await send(gemma);
  expect(performance.now() - before).toBeGreaterThan(50);
  expect(performance.now() - before).toBeLessThan(400);
});

test("a prompt that is cut in the middle has a count of half the window", async () => {
  await start({});
  expect(await read({ ...gemma, messages: user("x".repeat(24_000)) })).toBe(2_051);
});

test("a model has a tokenizer of its own", async () => {
  await start({});
  host.models = host.models.map((model) => ({ ...model, charactersPerToken: 2 }));
  expect(await read({ ...gemma, messages: user("x".repeat(1_000)) })).toBe(509);
});

test("what is in the cache is not counted before 0.30", async () => {
  await start({ version: "0.24.0" });
  const first = user("x".repeat(4_000));
  const next = [...first, { role: "assistant", content: "Fine." }, ...user("And?")];
  expect(await read({ ...gemma, messages: first })).toBe(1_009);
  expect(await read({ ...gemma, messages: next })).toBeLessThan(20);
});
