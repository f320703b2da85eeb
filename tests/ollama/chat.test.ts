import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ask, dial, linesIn, masked } from "./client";
import { type Scenario, type ScriptedOllama, startScriptedOllama } from "./host";
import * as traces from "./traces";

const json = "application/json; charset=utf-8";
const hello = { model: "gemma3:4b", messages: [{ role: "user", content: "Name a colour." }] };

let host: ScriptedOllama;
beforeEach(async () => {
  host = await startScriptedOllama({ everyMs: 0 });
});
afterEach(() => host.stop());

async function play(scenario: Scenario, body: object = hello) {
  host.next(scenario);
  return ask(host, "POST", "/api/chat", body);
}

describe("a stream", () => {
  test("is that of the trace, line by line", async () => {
    const reply = await play({
      chunks: ["Te", "al", " 🩵", "."],
      stats: { prompt_eval_count: 13 },
    });
    expect(reply).toMatchObject({ status: 200, type: "application/x-ndjson" });
    expect(reply.headers.get("transfer-encoding")).toBe("chunked");
    expect(linesIn(masked(reply.text)).join("\n")).toBe(traces.plainStream);
  });

  test("says when num_predict cut it", async () => {
    const { text } = await play({ chunks: ["Te"], end: "length" });
    expect(linesIn(text).at(-1)).toContain('"done":true,"done_reason":"length"');
  });

  test("has thinking first, with empty content beside it", async () => {
    const scenario: Scenario = {
      thinking: ["17", " times 20 is 340", ", plus 51."],
      chunks: ["**391**"],
      stats: { prompt_eval_count: 21, eval_count: 27 },
    };
    const { text } = await play(scenario, { ...hello, model: "qwen3:8b", think: true });
    expect(linesIn(masked(text)).join("\n")).toBe(traces.thinkingStream);
  });

  const calls: Scenario = {
    thinking: ["Two lookups."],
    chunks: ["I will look."],
    toolCalls: [
      { name: "get_weather", arguments: { city: "Oslo" } },
      { name: "get_time", arguments: { tz: "Europe/Oslo" } },
    ],
    stats: { prompt_eval_count: 221, eval_count: 57 },
  };

  test("has each tool call in a line of its own where Ollama renders the prompt", async () => {
    const { text } = await play(calls, { ...hello, model: "qwen3:8b", tools: [{}] });
    expect(linesIn(masked(text)).join("\n")).toBe(traces.renderedTools);
    expect(text.match(/"id":"call_[a-z0-9]{8}"/g)).toHaveLength(2);
  });

  test("has all tool calls in the done line where llama-server does", async () => {
    await ask(host, "POST", "/api/copy", {
      source: "hf.co/acme/owl-jinja:Q4_K_M",
      destination: "owl",
    });
    const { text } = await play(calls, { ...hello, model: "owl", tools: [{}] });
    expect(linesIn(masked(text)).join("\n")).toBe(traces.nativeTools);
    expect(text.match(/"id":"[A-Za-z0-9]{32}"/g)).toHaveLength(2);
  });

  test("of a cloud model names the base model, under another name the stub's", async () => {
    const scenario: Scenario = {
      chunks: ["Hi"],
      stats: { prompt_eval_count: 73, eval_count: 12 },
    };
    const cloud = await play(scenario, { ...hello, model: "gpt-oss:120b-cloud" });
    expect(linesIn(masked(cloud.text)).join("\n")).toBe(traces.cloudStream);
    await ask(host, "POST", "/api/copy", { source: "gpt-oss:120b-cloud", destination: "big" });
    const stub = await play(scenario, { ...hello, model: "big" });
    const start =
      '{"model":"big","remote_model":"gpt-oss:120b","remote_host":"https://ollama.com:443",';
    for (const line of linesIn(stub.text)) expect(line.startsWith(start)).toBe(true);
  });

  test("echoes the name that was asked for", async () => {
    host.models.push({ name: "tiny:latest", capabilities: ["completion"] });
    const { text } = await play({ chunks: ["a"] }, { ...hello, model: "TINY" });
    for (const line of linesIn(text)) expect(line.startsWith('{"model":"TINY",')).toBe(true);
  });

  test("escapes as Go does and keeps a broken emoji from breaking the line", async () => {
    const { text } = await play({ chunks: ["<b> & \u2028", "\ud83e", "\\ud83e"] });
    const [first, second, third] = linesIn(text);
    expect(first).toContain('"content":"\\u003cb\\u003e \\u0026 \\u2028"');
    expect(second).toContain('"content":"\ufffd"');
    expect(third).toContain('"content":"\\\\ud83e"');
  });

  test("leaves out zeros and can hold fields nobody knows", async () => {
    const { text } = await play({
      chunks: ["a"],
      stats: { eval_count: 0 },
      extra: { later: { a: 1 } },
    });
    const lines = linesIn(text).map((line) => JSON.parse(line));
    expect(lines.at(-1)).not.toHaveProperty("eval_count");
    for (const line of lines) expect(line.later).toEqual({ a: 1 });
  });

  test("has times in UTC with at most nine digits and no trailing zero", async () => {
    const { text } = await play({ chunks: Array.from({ length: 40 }, () => "a") });
    const times = linesIn(text).map((line) => JSON.parse(line).created_at as string);
    for (const time of times)
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,8}[1-9])?Z$/);
    expect(new Set(times.map(({ length }) => length)).size).toBeGreaterThan(1);
  });

  test("has metrics that fit each other", async () => {
    const { text } = await play({ promptMs: 20, loadMs: 20, chunks: ["a", "b"], everyMs: 10 });
    const last = JSON.parse(linesIn(text).at(-1) ?? "");
    expect(last.load_duration).toBeGreaterThan(15e6);
    expect(last.prompt_eval_duration).toBeGreaterThan(15e6);
    const parts = last.load_duration + last.prompt_eval_duration + last.eval_duration;
    expect(last.total_duration).toBeGreaterThanOrEqual(parts - 5);
  });
});

describe("one document", () => {
  test("is that of the trace when the client does not want a stream", async () => {
    const scenario: Scenario = { chunks: ["Te", "al."], stats: { prompt_eval_count: 13 } };
    const reply = await play(scenario, { ...hello, stream: false });
    expect(reply).toMatchObject({ status: 200, type: json });
    expect(masked(reply.text)).toBe(traces.plainWhole);
  });

  test("shows an ending without done, and an error as a status", async () => {
    const cut = await play({ chunks: ["aa"], end: "eof" }, { ...hello, stream: false });
    expect(cut.text).toMatch(/"content":"aa"},"done":false}$/);
    const failed = await play({ end: { error: "x" } }, { ...hello, stream: false });
    expect(failed).toMatchObject({ status: 500, type: json, text: '{"error":"x"}' });
  });

  test("answers a load and an unload, even though stream defaults to true", async () => {
    const load = await ask(host, "POST", "/api/chat", { model: "gemma3:4b" });
    expect(load.type).toBe(json);
    expect(masked(load.text)).toBe(traces.load);
    const unload = await ask(host, "POST", "/api/chat", { model: "gemma3:4b", keep_alive: 0 });
    expect(masked(unload.text)).toBe(traces.unload);
    expect((await ask(host, "GET", "/api/ps")).text).toBe('{"models":[]}');
  });
});

describe("a stream that goes wrong", () => {
  test("has an error line, and the status stays 200", async () => {
    const error = "an error was encountered while running the model: unexpected EOF";
    const body = { ...hello, model: "qwen3:8b" };
    const reply = await play({ chunks: ["The first"], end: { error } }, body);
    expect(reply.status).toBe(200);
    expect(linesIn(masked(reply.text)).join("\n")).toBe(traces.brokenStream);
  });

  test("has a real status when nothing came before the error", async () => {
    const reply = await play({ chunks: [], end: { error: "x" } });
    expect(reply).toMatchObject({ status: 500, type: "application/json", text: '{"error":"x"}' });
  });

  test("ends without a done line", async () => {
    const { text } = await play({ chunks: ["a", "b"], end: "eof" });
    expect(linesIn(text)).toHaveLength(2);
    expect(text).not.toContain('"done":true');
  });

  test("ends in the middle of a line", async () => {
    const { text } = await play({ chunks: ["a"], end: "cut-line" });
    expect(text).toMatch(/\n\{"model":"gemma3:4b","created_at":"[^"]+","mess$/);
  });

  test("is reset after its text", async () => {
    host.next({ chunks: ["a"], end: "reset" });
    const client = dial(host, "/api/chat", hello);
    await vi.waitFor(() => expect(client.closed()).toBe(true));
    expect(client.error()).toBe("ECONNRESET");
    expect(client.received()).toContain('"content":"a"');
    expect(client.received()).not.toContain('"done":true');
    expect(host.chats()[0]?.closedByClient).toBeUndefined();
  });
});
