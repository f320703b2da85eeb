import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { words } from "./answers";
import { ask, dial, linesIn } from "./client";
import { type ScriptedOllama, startScriptedOllama } from "./host";

let host: ScriptedOllama;
beforeEach(async () => {
  host = await startScriptedOllama({ everyMs: 0 });
});
afterEach(() => host.stop());

type Message = { role: string; content: string };

async function chat(body: { model?: string; messages: Message[]; [more: string]: unknown }) {
  const reply = await ask(host, "POST", "/api/chat", { model: "gemma3:4b", ...body });
  const lines = linesIn(reply.text).map((line) => JSON.parse(line));
  const joined = (field: string) => lines.map(({ message }) => message[field] ?? "").join("");
  return { lines, content: joined("content"), thinking: joined("thinking") };
}

const user = (content: string) => [{ role: "user", content }];

describe("an answer that nobody scripted", () => {
  test("mentions the last prompt and is the same every time", async () => {
    const first = await chat({ messages: user("Why owls?") });
    expect(first.content).toContain("“Why owls?”");
    expect((await chat({ messages: user("Why owls?") })).content).toBe(first.content);
  });

  test("begins with thinking unless think is false or the model cannot", async () => {
    const messages = user("Hm?");
    expect((await chat({ messages, model: "qwen3:8b" })).thinking).toContain("Hm?");
    expect((await chat({ messages, model: "qwen3:8b", think: false })).thinking).toBe("");
    expect((await chat({ messages, model: "gemma3:4b" })).thinking).toBe("");
    const cloud = { messages, model: "gpt-oss:120b-cloud", think: false };
    expect((await chat(cloud)).thinking).not.toBe("");
  });

  test("goes on where the assistant's last message ends, with new text only", async () => {
    const messages = user("Why owls?");
    const { content: whole } = await chat({ messages });
    const begun = { role: "assistant", content: whole.slice(0, 40) };
    expect((await chat({ messages: [...messages, begun] })).content).toBe(whole.slice(40));
    const foreign = { role: "assistant", content: "Something else" };
    const { content } = await chat({ messages: [...messages, foreign] });
    expect(content).not.toBe("");
    expect(content).not.toContain("Something else");
  });

  test("stops at num_predict and is JSON when a format is asked for", async () => {
    const { lines } = await chat({ messages: user("x"), options: { num_predict: 3 } });
    expect(lines).toHaveLength(4);
    expect(lines.at(-1).done_reason).toBe("length");
    const { content } = await chat({ messages: user("x"), format: "json" });
    expect(JSON.parse(content)).toMatchObject({ ok: true });
  });

  test("follows a word in the prompt", async () => {
    expect((await chat({ messages: user("try /table please") })).content).toContain("| Wren |");
    const { lines } = await chat({ messages: user("/eof") });
    expect(lines.at(-1).done).toBe(false);
    const refused = await ask(host, "POST", "/api/chat", {
      model: "gemma3:4b",
      messages: user("/forbidden"),
    });
    expect(refused).toMatchObject({ status: 403, type: null, text: "" });
  });

  test("goes on without the failure that a word caused", async () => {
    const messages = user("/eof");
    const { content } = await chat({ messages });
    const begun = { role: "assistant", content: content.slice(0, 30) };
    const rest = await chat({ messages: [...messages, begun] });
    expect(rest.content).toBe(content.slice(30));
    expect(rest.lines.at(-1).done).toBe(true);
  });

  test("has a sentence for every word", () => {
    for (const { word, sentence } of words) {
      expect(word).toMatch(/^\/[a-z-]+$/);
      expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("a script", () => {
  const only = (content: string) => ({ chunks: [content] });

  test("is taken first in first out, then comes what is always said", async () => {
    host.always(({ messages }) => only(`always ${messages[0]?.content}`));
    host.next(only("one"));
    host.next(only("two"));
    const said: string[] = [];
    for (let n = 0; n < 3; n++) said.push((await chat({ messages: user("x") })).content);
    expect(said).toEqual(["one", "two", "always x"]);
    host.always(undefined);
    expect((await chat({ messages: user("x") })).content).toContain("“x”");
  });

  test("is not taken by loads or by requests that are refused", async () => {
    host.next(only("kept"));
    await ask(host, "POST", "/api/chat", { model: "gemma3:4b" });
    await ask(host, "POST", "/api/chat", { model: "nope", messages: user("x") });
    expect((await chat({ messages: user("x") })).content).toBe("kept");
  });

  test.each([0, 1, 2])("holds after %i chunks until it is released", async (holdAfter) => {
    host.next({ thinking: ["hm"], chunks: ["a", "b"], holdAfter });
    const client = dial(host, "/api/chat", { model: "gemma3:4b", messages: user("x") });
    await vi.waitFor(() => expect(host.held()).toBe(1));
    await vi.waitFor(() => {
      expect(client.received().match(/"content":"[ab]"/g) ?? []).toHaveLength(holdAfter);
      expect(client.received()).toContain('"thinking":"hm"');
    });
    expect(client.received()).not.toContain('"done":true');
    host.release();
    await vi.waitFor(() => expect(client.received()).toContain('"done":true'));
    client.leave();
  });

  test("can be as fast as the client takes it", async () => {
    const chunks = Array.from({ length: 20_000 }, (_, n) => `w${n} `);
    host.next({ chunks, everyMs: 0 });
    expect((await chat({ messages: user("x") })).content).toBe(chunks.join(""));
  });

  test("waits for a client that does not read", async () => {
    host.next({ chunks: Array.from({ length: 200_000 }, () => "much text "), everyMs: 0 });
    const response = await fetch(`${host.url}/api/chat`, {
      method: "POST",
      body: JSON.stringify({ model: "gemma3:4b", messages: user("x") }),
    });
    const reader = response.body?.getReader();
    await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(host.active()).toBe(1);
    await reader?.cancel();
    await vi.waitFor(() => expect(host.active()).toBe(0));
  });
});

describe("generate", () => {
  test("streams response instead of message and ends with a context", async () => {
    const body = { model: "qwen3:8b", prompt: "Hi" };
    const reply = await ask(host, "POST", "/api/generate", body);
    const lines = linesIn(reply.text);
    expect(lines[0]).toMatch(/"created_at":"[^"]+","response":"","thinking":"The","done":false}$/);
    expect(lines.at(-1)).toMatch(
      /"response":"","done":true,"done_reason":"stop","context":\[[\d,]+\],"total_duration":\d+/,
    );
  });

  test("loads with an empty prompt", async () => {
    const { text } = await ask(host, "POST", "/api/generate", { model: "gemma3:4b" });
    expect(text).toMatch(/"response":"","done":true,"done_reason":"load"\}$/);
  });
});
