import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ask, dial, masked } from "./client";
import { type ScriptedOllama, startScriptedOllama } from "./host";
import * as traces from "./traces";

const json = "application/json; charset=utf-8";
const hello = { model: "gemma3:4b", messages: [{ role: "user", content: "Name a colour." }] };

let host: ScriptedOllama;
beforeEach(async () => {
  host = await startScriptedOllama({ everyMs: 0 });
});
afterEach(() => host.stop());

describe("small questions", () => {
  test("the root says that Ollama is running, in 17 bytes", async () => {
    const reply = await ask(host, "GET", "/");
    expect(reply).toMatchObject({ status: 200, text: "Ollama is running" });
    expect(reply.type).toBe("text/plain; charset=utf-8");
    expect(reply.headers.get("content-length")).toBe("17");
  });

  test("version and status are one JSON object without a newline", async () => {
    const version = await ask(host, "GET", "/api/version");
    expect(version).toMatchObject({ status: 200, type: json, text: '{"version":"0.33.0"}' });
    const status = await ask(host, "GET", "/api/status");
    expect(status.text).toBe('{"cloud":{"disabled":false,"source":"none"}}');
  });

  test.each(["/", "/api/version", "/api/tags"])(
    "HEAD %s has a length and no body",
    async (path) => {
      const reply = await ask(host, "HEAD", path);
      expect(reply).toMatchObject({ status: 200, text: "" });
      expect(Number(reply.headers.get("content-length"))).toBeGreaterThan(10);
    },
  );

  test("unknown paths and wrong methods are answered in plain text", async () => {
    const missing = await ask(host, "GET", "/api/nothing");
    expect(missing).toMatchObject({ status: 404, type: "text/plain", text: "404 page not found" });
    const wrong = await ask(host, "GET", "/api/chat");
    expect(wrong).toMatchObject({
      status: 405,
      type: "text/plain",
      text: "405 method not allowed",
    });
  });
});

describe("models", () => {
  test("tags are those of the trace, to the byte", async () => {
    const reply = await ask(host, "GET", "/api/tags");
    expect(reply).toMatchObject({ status: 200, type: json, text: traces.tags });
  });

  test("an empty host and one from before 0.30 are possible", async () => {
    host.models = [{ name: "old", capabilities: ["completion"], tagCapabilities: null }];
    const { text } = await ask(host, "GET", "/api/tags");
    expect(text).toContain('"name":"old:latest"');
    expect(text).not.toMatch(/capabilities|context_length|embedding_length/);
    host.models = [];
    expect((await ask(host, "GET", "/api/tags")).text).toBe('{"models":[]}');
  });

  test("show is that of the trace, to the byte", async () => {
    const reply = await ask(host, "POST", "/api/show", { model: "qwen3:8b" });
    expect(reply).toMatchObject({ status: 200, type: json, text: traces.show });
  });

  test("tags know less than show about a model with a Jinja template", async () => {
    const name = "hf.co/acme/owl-jinja:Q4_K_M";
    const tags = JSON.parse((await ask(host, "GET", "/api/tags")).text);
    const listed = tags.models.find((model: { name: string }) => model.name === name);
    expect(listed.capabilities).toEqual(["completion"]);
    const shown = JSON.parse((await ask(host, "POST", "/api/show", { name })).text);
    expect(shown.capabilities).toEqual(["tools", "thinking", "completion"]);
  });

  test("the stub of a cloud model shows where it leads, and no tensors", async () => {
    const { text } = await ask(host, "POST", "/api/show", { model: "gpt-oss:120b-cloud" });
    const shown = JSON.parse(text);
    expect(shown).toMatchObject({
      template: "{{ .Prompt }}",
      remote_model: "gpt-oss:120b",
      remote_host: "https://ollama.com:443",
      model_info: { "general.architecture": "gptoss", "gptoss.context_length": 131072 },
      capabilities: ["completion", "tools", "thinking"],
    });
    expect(shown).not.toHaveProperty("tensors");
  });

  test("a loaded model is in ps as in the trace", async () => {
    expect((await ask(host, "GET", "/api/ps")).text).toBe('{"models":[]}');
    await ask(host, "POST", "/api/chat", { model: "qwen3:8b" });
    expect(masked((await ask(host, "GET", "/api/ps")).text)).toBe(traces.ps);
  });

  test("copy and delete answer with an empty body and no content type", async () => {
    const copy = { source: "gemma3:4b", destination: "g2" };
    for (const [method, path, body] of [
      ["POST", "/api/copy", copy],
      ["DELETE", "/api/delete", { name: "G2:latest" }],
    ] as const) {
      const reply = await ask(host, method, path, body);
      expect(reply).toMatchObject({ status: 200, type: null, text: "" });
      expect(reply.headers.get("content-length")).toBe("0");
    }
    expect(host.models.map(({ name }) => name)).not.toContain("g2:latest");
  });
});

describe("the host's own life", () => {
  test("every request is recorded in order, with its body and headers", async () => {
    await ask(host, "GET", "/api/tags");
    await ask(host, "POST", "/api/chat", hello);
    expect(host.requests.map(({ method, path }) => [method, path])).toEqual([
      ["GET", "/api/tags"],
      ["POST", "/api/chat"],
    ]);
    const [chat] = host.chats();
    expect(chat?.body).toEqual(hello);
    expect(chat?.headers.host).toBe(`127.0.0.1:${host.port}`);
    await vi.waitFor(() => expect(chat?.finished).toBeGreaterThanOrEqual(chat?.at ?? 0));
    expect(chat?.closedByClient).toBeUndefined();
  });

  test("a host that goes away cuts its chats and refuses, and comes back without loaded models", async () => {
    host.next({ chunks: ["a", "b"], holdAfter: 1 });
    const client = dial(host, "/api/chat", hello);
    await vi.waitFor(() => expect(client.received()).toContain('"a"'));
    await host.goAway();
    await vi.waitFor(() => expect(client.closed()).toBe(true));
    expect(client.received()).not.toContain('"done":true');
    expect(host.chats()[0]?.closedByClient).toBeUndefined();
    expect(host.active()).toBe(0);
    const refused = dial(host, "/api/chat", hello);
    await vi.waitFor(() => expect(refused.error()).toBe("ECONNREFUSED"));
    await host.comeBack();
    expect((await ask(host, "GET", "/api/ps")).text).toBe('{"models":[]}');
    expect((await ask(host, "POST", "/api/chat", hello)).status).toBe(200);
  });
});
