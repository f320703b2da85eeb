import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ask, dial, type RawClient } from "./client";
import { type ScriptedOllama, startScriptedOllama } from "./host";

const gemma = { model: "gemma3:4b", messages: [{ role: "user", content: "x" }] };
const qwen = { ...gemma, model: "qwen3:8b" };

let host: ScriptedOllama;
beforeEach(async () => {
  host = await startScriptedOllama({ everyMs: 0 });
});
afterEach(() => host.stop());

const running = async () => {
  const { models } = JSON.parse((await ask(host, "GET", "/api/ps")).text);
  return models as { name: string; context_length: number; expires_at: string }[];
};
const runningNames = async () => (await running()).map(({ name }) => name);
const until = (check: () => void) => vi.waitFor(check, { timeout: 3000, interval: 5 });
const loading = () => until(() => expect(host.active()).toBe(1));
const complete = (client: RawClient) =>
  until(() => expect(client.received()).toContain('"done":true'));

describe("the head of the reply", () => {
  test("is held back while the model loads and the prompt is read", async () => {
    host.next({ loadMs: 100, promptMs: 100, chunks: ["a"], holdAfter: 1 });
    const before = performance.now();
    const client = dial(host, "/api/chat", gemma);
    await loading();
    expect(client.received()).toBe("");
    expect(await runningNames()).toEqual([]);
    await until(() => expect(client.received()).not.toBe(""));
    expect(performance.now() - before).toBeGreaterThan(190);
    expect(client.received()).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*\r\n\r\n[0-9a-f]+\r\n\{.*"a"/);
    expect(await runningNames()).toEqual(["gemma3:4b"]);
    client.leave();
  });

  test("is held back while another chat has the slot, in the order of arrival", async () => {
    host.next({ chunks: ["first"], holdAfter: 1 });
    host.next({ chunks: ["second"], holdAfter: 1 });
    host.next({ chunks: ["third"] });
    const clients: RawClient[] = [];
    for (let n = 0; n < 3; n++) {
      clients.push(dial(host, "/api/chat", gemma));
      await until(() => expect(host.chats()).toHaveLength(n + 1));
    }
    const [first, second, third] = clients as [RawClient, RawClient, RawClient];
    await until(() => expect(first.received()).toContain("first"));
    expect([host.active(), host.queued()]).toEqual([1, 2]);
    expect(second.received()).toBe("");
    host.release();
    await until(() => expect(second.received()).toContain("second"));
    expect(third.received()).toBe("");
    host.release();
    await complete(third);
    for (const client of clients) client.leave();
  });
});

describe("slots", () => {
  test("are counted for each model", async () => {
    host.next({ holdAfter: 1 });
    const busy = dial(host, "/api/chat", gemma);
    await until(() => expect(host.held()).toBe(1));
    expect((await ask(host, "POST", "/api/chat", qwen)).status).toBe(200);
    busy.leave();
  });

  test("can be more than one", async () => {
    await host.stop();
    host = await startScriptedOllama({ slots: 2 });
    host.always({ chunks: ["a"], holdAfter: 1 });
    const clients = [1, 2, 3].map(() => dial(host, "/api/chat", gemma));
    await until(() => expect([host.held(), host.queued()]).toEqual([2, 1]));
    for (const client of clients) client.leave();
    await until(() => expect([host.active(), host.queued()]).toEqual([0, 0]));
  });

  test("are free as soon as the client leaves the stream", async () => {
    host.next({ chunks: ["a", "b"], holdAfter: 1 });
    const client = dial(host, "/api/chat", gemma);
    await until(() => expect(client.received()).toContain('"a"'));
    client.leave();
    await until(() => expect(host.active()).toBe(0));
    expect(host.chats()[0]?.closedByClient).toBeGreaterThan(0);
    expect(host.chats()[0]?.finished).toBeUndefined();
    expect((await ask(host, "POST", "/api/chat", gemma)).status).toBe(200);
  });

  test("are free when the client leaves during the load, which is aborted", async () => {
    host.next({ loadMs: 60_000 });
    const client = dial(host, "/api/chat", gemma);
    await loading();
    client.leave();
    await until(() => expect(host.active()).toBe(0));
    expect(host.chats()[0]?.closedByClient).toBeGreaterThan(0);
    expect(await runningNames()).toEqual([]);
    expect((await ask(host, "POST", "/api/chat", gemma)).status).toBe(200);
  });

  test("pass over a client that left while it was queued", async () => {
    host.next({ chunks: ["first"], holdAfter: 1 });
    const first = dial(host, "/api/chat", gemma);
    await until(() => expect(host.held()).toBe(1));
    const second = dial(host, "/api/chat", gemma);
    await until(() => expect(host.queued()).toBe(1));
    second.leave();
    await until(() => expect(host.queued()).toBe(0));
    expect(host.chats()[1]?.closedByClient).toBeGreaterThan(0);
    host.release();
    await complete(first);
    await until(() => expect(host.active()).toBe(0));
    first.leave();
  });
});

describe("loading", () => {
  test("is for one model at a time", async () => {
    host.next({ loadMs: 60_000 });
    const slow = dial(host, "/api/chat", gemma);
    await loading();
    const other = dial(host, "/api/chat", qwen);
    await until(() => expect(host.queued()).toBe(1));
    slow.leave();
    await complete(other);
    other.leave();
  });

  test("past the limit of the queue is refused, with two spaces", async () => {
    await host.stop();
    host = await startScriptedOllama({ maxQueue: 1 });
    host.next({ loadMs: 60_000 });
    const slow = dial(host, "/api/chat", gemma);
    await loading();
    const queued = dial(host, "/api/chat", qwen);
    await until(() => expect(host.queued()).toBe(1));
    const refused = await ask(host, "POST", "/api/chat", qwen);
    expect(refused.status).toBe(503);
    const text = "server busy, please try again.  maximum pending requests exceeded";
    expect(refused.text).toBe(JSON.stringify({ error: text }));
    slow.leave();
    queued.leave();
  });

  test("decides the context: the request's, the Modelfile's, else 4096, never above the model's", async () => {
    const contexts: number[] = [];
    for (const body of [
      gemma,
      { ...gemma, options: { num_ctx: 512 } },
      { ...gemma, options: { num_ctx: 999_999 } },
      qwen,
    ]) {
      await ask(host, "POST", "/api/chat", body);
      const model = (await running()).find(({ name }) => name === body.model);
      contexts.push(model?.context_length ?? 0);
    }
    expect(contexts).toEqual([4096, 2048, 131_072, 8192]);
  });

  test("lasts as long as keep_alive says", async () => {
    await ask(host, "POST", "/api/chat", { ...gemma, keep_alive: -1 });
    expect((await running())[0]?.expires_at).toMatch(/^23\d\d-/);
    await ask(host, "POST", "/api/chat", { ...gemma, keep_alive: "50ms" });
    await vi.waitFor(async () => expect(await runningNames()).toEqual([]));
    await ask(host, "POST", "/api/chat", { ...gemma, keep_alive: 0 });
    expect(await runningNames()).toEqual([]);
  });

  test("that fails leaves no model loaded", async () => {
    host.next({ loadMs: 30, refuse: { status: 500, error: "cudaMalloc failed: out of memory" } });
    const reply = await ask(host, "POST", "/api/chat", gemma);
    expect(reply).toMatchObject({ status: 500, type: "application/json; charset=utf-8" });
    expect(await runningNames()).toEqual([]);
    expect(host.active()).toBe(0);
  });
});
