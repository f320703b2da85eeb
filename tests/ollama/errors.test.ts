import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "./client";
import { type ScriptedOllama, startScriptedOllama } from "./host";

const json = "application/json; charset=utf-8";
const user = [{ role: "user", content: "x" }];
const levels = '"high", "medium", "low", "max", true, or false';

let host: ScriptedOllama;
beforeAll(async () => {
  host = await startScriptedOllama({ everyMs: 0 });
});
afterAll(() => host.stop());

const chat = (more: object, model = "gemma3:4b") => ({ model, messages: user, ...more });

describe("a chat that is not understood", () => {
  test.each<[string, unknown, string]>([
    ["empty body", "", "missing request body"],
    ["cut JSON", '{"model":"gemma3:4b","mess', "unexpected EOF"],
    ["no JSON", "hello", "invalid character 'h' looking for beginning of value"],
    [
      "wrong JSON type",
      { model: "gemma3:4b", messages: "x" },
      "json: cannot unmarshal string into Go struct field ChatRequest.messages of type []api.Message",
    ],
    [
      "content in parts",
      { model: "gemma3:4b", messages: [{ role: "user", content: [] }] },
      "json: cannot unmarshal array into Go struct field ChatRequest.messages.content of type string",
    ],
    ["no model", { messages: user }, "model is required"],
    ["bad name", chat({}, "a b"), "invalid model name"],
    ["thinking", chat({ think: true }), '"gemma3:4b" does not support thinking'],
    ["thinking level", chat({ think: "low" }), '"gemma3:4b" does not support thinking'],
    ["bad level", chat({ think: "extreme" }), `invalid think value: "extreme" (must be ${levels})`],
    ["bad think", chat({ think: 1 }), `think must be a boolean or string (${levels})`],
    ["tools", chat({ tools: [{}] }), "registry.ollama.ai/library/gemma3:4b does not support tools"],
    ["embedding model", chat({}, "nomic-embed-text"), '"nomic-embed-text" does not support chat'],
    [
      "data: prefix",
      chat({ messages: [{ role: "user", content: "x", images: ["data:image/png;base64,AAAA"] }] }),
      "illegal base64 data at input byte 4",
    ],
    [
      "bad base64",
      chat({ messages: [{ role: "user", content: "x", images: ["!"] }] }),
      "illegal base64 data at input byte 0",
    ],
    ["keep_alive word", chat({ keep_alive: "forever" }), 'time: invalid duration "forever"'],
    ["keep_alive unit", chat({ keep_alive: "300" }), 'time: missing unit in duration "300"'],
    ["keep_alive type", chat({ keep_alive: true }), "Unsupported type: 'bool'"],
    ["top_logprobs", chat({ top_logprobs: 21 }), "top_logprobs must be between 0 and 20"],
  ])("%s: 400", async (_, body, error) => {
    const reply = await ask(host, "POST", "/api/chat", body);
    expect(reply).toMatchObject({ status: 400, type: json });
    expect(JSON.parse(reply.text)).toEqual({ error });
  });

  test("options of a wrong type are a 500", async () => {
    for (const [options, error] of [
      [{ num_ctx: "8192" }, 'option "num_ctx" must be of type integer'],
      [{ temperature: "hot" }, 'option "temperature" must be of type float32'],
      [{ stop: [1] }, 'option "stop" must be of an array of strings'],
    ]) {
      const reply = await ask(host, "POST", "/api/chat", chat({ options }));
      expect(reply).toMatchObject({ status: 500, type: json });
      expect(JSON.parse(reply.text)).toEqual({ error });
    }
    const fine = { num_ctx: null, temperature: 0, unknown: "x", mirostat: 1 };
    expect((await ask(host, "POST", "/api/chat", chat({ options: fine }))).status).toBe(200);
  });

  test("an unknown format is a 500", async () => {
    const reply = await ask(host, "POST", "/api/chat", chat({ format: "xml" }));
    expect(reply.status).toBe(500);
    expect(reply.text).toBe(
      String.raw`{"error":"invalid format: \"\\\"xml\\\"\"; expected \"json\" or a valid JSON Schema object"}`,
    );
    for (const format of ["", null]) {
      expect((await ask(host, "POST", "/api/chat", chat({ format }))).status).toBe(200);
    }
  });
});

describe("a model that is not there", () => {
  test.each<[string, string, object, number, string]>([
    ["POST", "/api/chat", chat({}, "nope"), 404, "model 'nope' not found"],
    ["POST", "/api/generate", { model: "nope", prompt: "x" }, 404, "model 'nope' not found"],
    ["POST", "/api/generate", { prompt: "x" }, 404, "model '' not found"],
    ["POST", "/api/show", { model: "nope" }, 404, "model 'nope:latest' not found"],
    ["POST", "/api/show", {}, 400, "model is required"],
    ["DELETE", "/api/delete", { model: "nope" }, 404, "model 'nope' not found"],
    ["DELETE", "/api/delete", { name: "a b" }, 400, 'name "a b" is invalid'],
    ["DELETE", "/api/delete", {}, 400, "model is required"],
    ["POST", "/api/copy", { source: "nope", destination: "b" }, 404, 'model "nope" not found'],
    ["POST", "/api/copy", { source: "a b", destination: "b" }, 400, 'source "a b" is invalid'],
    [
      "POST",
      "/api/copy",
      { source: "gemma3:4b", destination: "x y" },
      400,
      'destination "x y" is invalid',
    ],
    ["POST", "/api/pull", {}, 400, "invalid model name"],
    ["POST", "/api/pull", { model: "a b" }, 400, "invalid model name"],
  ])("%s %s %o", async (method, path, body, status, error) => {
    const reply = await ask(host, method, path, body);
    expect(reply).toMatchObject({ status, type: json });
    expect(JSON.parse(reply.text)).toEqual({ error });
  });

  test("generate has its own refusals", async () => {
    for (const [body, error] of [
      [{ model: "nomic-embed-text", prompt: "x" }, '"nomic-embed-text" does not support generate'],
      [
        { model: "gemma3:4b", prompt: "x", raw: true, system: "y" },
        "raw mode does not support template, system, or context",
      ],
      [
        { model: "gemma3:4b", prompt: "x", suffix: "y" },
        "registry.ollama.ai/library/gemma3:4b does not support insert",
      ],
    ] as const) {
      const reply = await ask(host, "POST", "/api/generate", body);
      expect([reply.status, JSON.parse(reply.text)]).toEqual([400, { error }]);
    }
  });
});

describe("a scripted refusal", () => {
  const refusal = (refuse: { status: number; error?: string; contentType?: string }) => {
    host.next({ refuse });
    return ask(host, "POST", "/api/chat", chat({}));
  };

  test("has an empty body without a text", async () => {
    const reply = await refusal({ status: 403 });
    expect(reply).toMatchObject({ status: 403, type: null, text: "" });
    expect(reply.headers.get("content-length")).toBe("0");
  });

  test("is JSON, or whatever a proxy in front would say", async () => {
    const busy = await refusal({ status: 503, error: "busy & <gone>" });
    expect(busy).toMatchObject({ status: 503, type: json });
    expect(busy.text).toBe('{"error":"busy \\u0026 \\u003cgone\\u003e"}');
    const stub = await refusal({ status: 500, error: "x", contentType: "application/x-ndjson" });
    expect(stub).toMatchObject({ type: "application/x-ndjson", text: '{"error":"x"}' });
    const proxy = await refusal({ status: 502, error: "<h1>Bad</h1>", contentType: "text/html" });
    expect(proxy).toMatchObject({ status: 502, type: "text/html", text: "<h1>Bad</h1>" });
  });
});
