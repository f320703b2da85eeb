import { type ChatResponse, Ollama } from "ollama";
import { describe, expect, test, vi } from "vitest";
import { createDemoHost, type DemoOptions } from "./host";

const HOST = "http://demo.invalid";

function client(options: DemoOptions = { wordMs: 0 }): Ollama {
  return new Ollama({ host: HOST, fetch: createDemoHost(options) as typeof fetch });
}

function say(content: string) {
  return { model: "eliza", messages: [{ role: "user", content }] };
}

async function all(stream: AsyncIterable<ChatResponse>): Promise<ChatResponse[]> {
  const chunks: ChatResponse[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe("what it offers", () => {
  test("its version is marked as a demo's", async () => {
    expect((await client().version()).version).toMatch(/^\d+\.\d+\.\d+-demo$/);
  });

  test("one model, which completes and is nothing but a demo", async () => {
    const { models } = await client().list();
    expect(models).toHaveLength(1);
    expect(models[0]).toMatchObject({
      name: "eliza:latest",
      model: "eliza:latest",
      digest: "606facf5d3d1694213421ed4db747c56e2a3a5cc9aa384d10f65b7b270a10350",
      details: { family: "eliza", families: ["eliza"], parameter_size: "0" },
      capabilities: ["completion"],
    });
    expect(models[0]?.size).toBeGreaterThan(10_000);
    expect(new Date(models[0]?.modified_at ?? "").getTime()).not.toBeNaN();
  });

  test.each([
    "eliza",
    "eliza:latest",
    "ELIZA",
    "library/eliza",
    "registry.ollama.ai/library/eliza:latest",
  ])("%s is shown", async (model) => {
    expect(await client().show({ model })).toMatchObject({
      capabilities: ["completion"],
      details: { family: "eliza" },
      model_info: { "general.architecture": "eliza", "general.parameter_count": 0 },
      tensors: [],
    });
  });
});

describe("a stream", () => {
  test("comes word by word, and joined it is what one document says", async () => {
    const chunks = await all(await client().chat({ ...say("write something long"), stream: true }));
    const whole = await client().chat(say("write something long"));
    expect(chunks.length).toBeGreaterThan(500);
    expect(chunks.map((chunk) => chunk.message.content).join("")).toBe(whole.message.content);
  });

  test("has the shape of a real one", async () => {
    const chunks = await all(
      await client().chat({ ...say("Hello"), model: "Eliza", stream: true }),
    );
    const last = chunks.pop();
    for (const chunk of chunks) {
      expect(Object.keys(chunk)).toEqual(["model", "created_at", "message", "done"]);
      expect(chunk).toMatchObject({ model: "Eliza", done: false, message: { role: "assistant" } });
      expect(chunk.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,8}[1-9])?Z$/);
    }
    expect(last).toMatchObject({
      done: true,
      done_reason: "stop",
      message: { role: "assistant", content: "" },
      eval_count: chunks.length,
      prompt_eval_count: 1,
    });
  });

  test("reports what it really took", async () => {
    const startedAt = performance.now();
    const last = (
      await all(await client({ wordMs: 5 }).chat({ ...say("Hello"), stream: true }))
    ).pop();
    const tookNs = (performance.now() - startedAt) * 1e6;
    expect(last?.total_duration).toBeLessThanOrEqual(tookNs);
    expect(last?.eval_duration).toBeGreaterThanOrEqual(5e6 * (last?.eval_count ?? 0) * 0.9);
    const parts = [last?.load_duration, last?.prompt_eval_duration, last?.eval_duration];
    expect(parts.every((part) => Number(part) > 0)).toBe(true);
    expect(parts.reduce<number>((sum, part) => sum + Number(part), 0)).toBeLessThanOrEqual(
      Number(last?.total_duration) + 1,
    );
  });

  test("leaves out durations that are zero, as Go does", async () => {
    const whole = await client({ wordMs: 0, now: () => 1_800_000_000_000 }).chat(say("Hello"));
    expect(whole.created_at).toBe("2027-01-15T08:00:00Z");
    expect(whole).not.toHaveProperty("load_duration");
    expect(whole.eval_count).toBeGreaterThan(5);
  });

  test("stops after num_predict chunks and says so", async () => {
    const whole = await client().chat({ ...say("Hello"), options: { num_predict: 3 } });
    expect(whole).toMatchObject({ done_reason: "length", eval_count: 3 });
    expect(whole.message.content).toBe("Hello! I am");
  });

  test("another seed is another answer, and the same seed the same", async () => {
    const ask = async (seed: number) =>
      (await client().chat({ ...say("I am cold"), options: { seed } })).message.content;
    expect(await ask(1)).not.toBe(await ask(2));
    expect(await ask(1)).toBe(await ask(1));
  });

  test("continues what was begun", async () => {
    const prompt = say("show me formatting");
    const whole = (await client().chat(prompt)).message.content;
    const begun = { role: "assistant", content: whole.slice(0, 333) };
    const rest = await client().chat({ ...prompt, messages: [...prompt.messages, begun] });
    expect(begun.content + rest.message.content).toBe(whole);
  });
});

describe("memory", () => {
  test("a model is in memory for five minutes after it was used", async () => {
    let time = Date.parse("2026-11-20T12:00:00Z");
    const host = client({ wordMs: 0, now: () => time });
    expect((await host.ps()).models).toEqual([]);
    await host.chat(say("Hello"));
    expect((await host.ps()).models).toMatchObject([
      { name: "eliza:latest", expires_at: "2026-11-20T12:05:00Z", size_vram: 0 },
    ]);
    time += 300_000;
    expect((await host.ps()).models).toEqual([]);
  });

  test.each<[string | number, boolean, string]>([
    [-1, true, "load"],
    ["1h30m", true, "load"],
    [1e20, true, "load"],
    [600, true, "load"],
    ["0", false, "unload"],
    [0, false, "unload"],
  ])("keep_alive %j without messages loads or unloads", async (keep_alive, stays, done_reason) => {
    const host = client();
    const answer = await host.chat({ model: "eliza", keep_alive });
    expect(answer).toMatchObject({ done: true, done_reason, message: { content: "" } });
    expect(answer).not.toHaveProperty("total_duration");
    expect((await host.ps()).models).toHaveLength(stays ? 1 : 0);
  });
});

describe("the wire", () => {
  const host = createDemoHost({ wordMs: 0 });
  const post = (path: string, body: unknown) =>
    host(HOST + path, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  test.each<[string, string, number, string, string]>([
    ["GET", "/", 200, "text/plain; charset=utf-8", "Ollama is running"],
    ["HEAD", "/", 200, "text/plain; charset=utf-8", ""],
    ["HEAD", "/api/tags", 200, "application/json; charset=utf-8", ""],
    ["GET", "/api/ps", 200, "application/json; charset=utf-8", '{"models":[]}'],
    ["POST", "/api/pull", 404, "application/json; charset=utf-8", '{"error":"not found"}'],
    ["GET", "/api/chat", 404, "application/json; charset=utf-8", '{"error":"not found"}'],
  ])("%s %s", async (method, path, status, type, body) => {
    const response = await host(HOST + path, { method });
    expect([response.status, response.headers.get("content-type")]).toEqual([status, type]);
    expect(await response.text()).toBe(body);
  });

  test.each(["", '{"model":', "hello", "null"])("a body of %j is refused", async (body) => {
    const response = await post("/api/chat", body);
    expect([response.status, await response.json()]).toEqual([400, { error: "invalid request" }]);
  });

  test.each(["", "gemma3:4b", "eliza:1b"])("there is no model %j", async (model) => {
    const error = { name: "ResponseError", status_code: 404, error: `model '${model}' not found` };
    await expect(client().chat({ ...say("Hi"), model })).rejects.toMatchObject(error);
    await expect(client().show({ model })).rejects.toMatchObject(error);
  });

  test("lines end in a newline, a document does not, and both escape what HTML knows", async () => {
    const ask = say("I am <b> & \u2028co");
    const streamed = await post("/api/chat", ask);
    expect(streamed.headers.get("content-type")).toBe("application/x-ndjson");
    const whole = await post("/api/chat", { ...ask, stream: false });
    expect(whole.headers.get("content-type")).toBe("application/json; charset=utf-8");

    const lines = await streamed.text();
    const document = await whole.text();
    expect(lines).toMatch(/\}\n$/);
    expect(document).not.toMatch(/\n/);
    for (const bytes of [lines, document]) expect(bytes).not.toMatch(/[<>&\u2028]/);
    expect(await (await post("/api/chat", say("show me code"))).text()).toContain("=\\u003e");
  });

  test("takes a Request as well, and `name` for `model`", async () => {
    const body = JSON.stringify({ name: "eliza" });
    const response = await host(new Request(`${HOST}/api/show`, { method: "POST", body }));
    expect(response.status).toBe(200);
  });
});

describe("a client that leaves", () => {
  test("an abort within the stream ends it as an AbortError", async () => {
    const host = createDemoHost({ wordMs: 5 });
    const client = new Ollama({ host: HOST, fetch: host as typeof fetch });
    const stream = await client.chat({
      ...say("write something long"),
      stream: true,
    });
    const read: string[] = [];
    const reading = (async () => {
      for await (const chunk of stream) {
        read.push(chunk.message.content);
        if (read.length === 3) stream.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
    expect(read).toHaveLength(3);
  });

  const slowDemo = createDemoHost({ wordMs: 60_000 });
  const askSlowly = (signal: AbortSignal, stream: boolean) =>
    slowDemo(`${HOST}/api/chat`, {
      method: "POST",
      body: JSON.stringify({ ...say("Hello"), stream }),
      signal,
    });

  test.each([true, false])(
    "an abort before the head rejects at once (stream: %s)",
    async (stream) => {
      const leaving = new AbortController();
      const answer = askSlowly(leaving.signal, stream);
      setTimeout(() => leaving.abort(), 5);
      await expect(answer).rejects.toMatchObject({ name: "AbortError" });
      await expect(askSlowly(leaving.signal, stream)).rejects.toMatchObject({ name: "AbortError" });
    },
  );

  test("the reason of an abort is handed on", async () => {
    const answer = askSlowly(AbortSignal.timeout(5), true);
    await expect(answer).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("a timer runs only while somebody reads", async () => {
    const host = createDemoHost({ wordMs: 10 });
    const set = vi.spyOn(globalThis, "setTimeout");
    const cleared = vi.spyOn(globalThis, "clearTimeout");
    try {
      const body = JSON.stringify(say("write something long"));
      const answer = await host(`${HOST}/api/chat`, { method: "POST", body });
      expect(set).toHaveBeenCalledTimes(1);
      const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
      await reader.read();
      await reader.read();
      expect(set).toHaveBeenCalledTimes(2);

      const pending = reader.read();
      await Promise.resolve();
      expect(set).toHaveBeenCalledTimes(3);
      await reader.cancel();
      expect((await pending).done).toBe(true);
      expect(cleared).toHaveBeenCalledTimes(1);
    } finally {
      set.mockRestore();
      cleared.mockRestore();
    }
  });
});
