import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "./client";
import { type ScriptedOllama, startScriptedOllama } from "./host";

const bare = "application/json";
const user = [{ role: "user", content: "x" }];
const owl = "hf.co/acme/owl-jinja:Q4_K_M";
const picture = [{ role: "user", content: "x", images: ["AAAA"] }];
const long = [{ role: "user", content: "word ".repeat(8000) }];

let host: ScriptedOllama;
beforeAll(async () => {
  host = await startScriptedOllama({ everyMs: 0 });
});
afterAll(() => host.stop());

const chat = (more: object, model = "gemma3:4b") => ({ model, messages: user, ...more });

describe("what the runner finds wrong with a prompt", () => {
  const twice = [...user, { role: "assistant", content: "a" }, { role: "assistant", content: "b" }];
  const overflow = (n: number, context: number) =>
    `request (${n} tokens) exceeds the available context size (${context} tokens), try increasing it`;

  test.each<[string, object, number, string]>([
    [
      "two assistant messages at the end",
      chat({ messages: twice }, owl),
      400,
      "Cannot have 2 or more assistant messages at the end of the list.",
    ],
    ["a long prompt, native", chat({ messages: long }, owl), 400, overflow(10009, 4096)],
    [
      "a long prompt that may not be cut",
      chat({ messages: long, truncate: false }),
      400,
      overflow(10009, 4096),
    ],
    [
      "a picture for a text model, native",
      chat({ messages: picture }, owl),
      500,
      "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj",
    ],
    [
      "a picture for a text model, rendered",
      chat({ messages: picture }, "qwen3:8b"),
      400,
      "Multimodal data provided, but model does not support multimodal requests.",
    ],
  ])("%s: JSON in a string, no charset", async (_, body, status, message) => {
    const reply = await ask(host, "POST", "/api/chat", body);
    expect(reply).toMatchObject({ status, type: bare });
    const inner = JSON.parse(JSON.parse(reply.text).error);
    expect(inner.error).toMatchObject({ code: status, message });
  });

  test("a prompt that is too long loses its oldest messages, and only a count tells", async () => {
    const last = { role: "user", content: "short" };
    const body = chat({ messages: [...long, last], stream: false });
    const reply = JSON.parse((await ask(host, "POST", "/api/chat", body)).text);
    expect(reply.prompt_eval_count).toBeLessThan(20);
    const unshifted = chat({ messages: long, shift: false });
    const refused = await ask(host, "POST", "/api/chat", unshifted);
    expect(refused).toMatchObject({ status: 400, type: bare });
    expect(refused.text).toContain("the prompt is longer than the context length currently");
    expect((await ask(host, "POST", "/api/chat", chat({ messages: long }))).status).toBe(200);
  });
});
