import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

/** A conversation whose answer has ended; gives its path. */
async function conversation(prompt = "Hi", model = "gemma3:4b"): Promise<string> {
  const path = await parley.start(prompt, model);
  await parley.page(path);
  return path;
}

/** Sends a further prompt and waits for its answer. */
async function say(path: string, prompt: string, model = "gemma3:4b"): Promise<void> {
  const response = await parley.post(`${path}/messages`, { prompt, model });
  expect(response.status).toBe(303);
  await parley.page(path);
}

interface Asked {
  messages: { role: string; content: string }[];
  options?: Record<string, unknown>;
  keep_alive?: unknown;
  think?: unknown;
}

const lastAsked = () => parley.ollama.chats().at(-1)?.body as Asked;

describe("instructions and options", () => {
  test("of a conversation are sent with its next answer", async () => {
    const path = await conversation();
    expect(lastAsked()).not.toHaveProperty("options");
    const saved = await parley.post(`${path}/steering`, {
      system: "Be brief.",
      temperature: "0,2",
      num_ctx: "8192",
      stop: "END\r\nFIN",
      keep_alive: "600",
    });
    expect(saved.status).toBe(303);
    expect(saved.headers.get("location")).toBe(path);
    expect(await parley.page(path)).toContain(
      "Instructions, temperature 0.2, context length 8,192",
    );
    await say(path, "Again");
    expect(lastAsked().messages[0]).toEqual({ role: "system", content: "Be brief." });
    expect(lastAsked().options).toEqual({ temperature: 0.2, num_ctx: 8192, stop: ["END", "FIN"] });
    expect(lastAsked().keep_alive).toBe(600);
  });

  test("go from the person over the model to the conversation", async () => {
    await parley.post("/settings", { system: "Be kind.", temperature: "1", top_k: "5" });
    await parley.post("/settings/model?model=gemma3:4b", { temperature: "0.5" });
    const path = await conversation();
    expect(lastAsked().options).toEqual({ temperature: 0.5, top_k: 5 });
    expect(lastAsked().messages[0]).toEqual({ role: "system", content: "Be kind." });
    await parley.post(`${path}/steering`, { top_k: "7" });
    await say(path, "Again");
    expect(lastAsked().options).toEqual({ temperature: 0.5, top_k: 7 });
    await say(path, "Another", "qwen3:8b");
    expect(lastAsked().options).toEqual({ temperature: 1, top_k: 7 });
  });

  test("can be none in a conversation, whatever the defaults say", async () => {
    const path = await conversation();
    expect(await parley.page(`${path}/steering`)).not.toContain("No instructions here");
    await parley.post("/settings", { system: "Be kind." });
    expect(await parley.page(`${path}/steering`)).toContain("No instructions here");
    await parley.post(`${path}/steering`, { system: "", no_system: "on" });
    expect(await parley.page(path)).toContain("No instructions");
    await say(path, "Again");
    expect(lastAsked().messages[0]?.role).toBe("user");
    const both = await parley.post(`${path}/steering`, { system: "Be brief.", no_system: "on" });
    expect(both.status).toBe(422);
    expect(await both.text()).toContain("untick the box below it");
    const file = await parley.page(`${path}.json`);
    expect(JSON.parse(file)).toMatchObject({ steering: { system: "" } });
    await parley.post(`${path}/steering`, { system: "" });
    await say(path, "Again");
    expect(lastAsked().messages[0]).toEqual({ role: "system", content: "Be kind." });
  });

  test("of a new conversation come back with a prompt that is refused", async () => {
    const form = { prompt: " ", model: "gemma3:4b", system: "<i>Be brief.</i>" };
    const refused = await parley.post("/conversations", form);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("&lt;i&gt;Be brief.&lt;/i&gt;</textarea>");
    await parley.post("/conversations", { ...form, prompt: "Hi" });
    await expect.poll(() => lastAsked()?.messages[0]?.content).toBe("<i>Be brief.</i>");
  });

  test("that are out of range come back with the reason, and nothing is saved", async () => {
    const path = await conversation();
    const typed = { system: "<b>Be</b>", temperature: "9", top_p: "0.5", num_ctx: "999999" };
    const response = await parley.post(`${path}/steering`, typed);
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain("2 fields were not taken");
    expect(html).toContain("It must be a number: from 0 to 2.");
    expect(html).toContain("It must be a whole number: from 256 to 131,072.");
    expect(html).toContain("&lt;b&gt;Be&lt;/b&gt;</textarea>");
    for (const value of ["9", "0.5", "999999"]) expect(html).toContain(`value="${value}"`);
    await say(path, "Again");
    expect(lastAsked()).not.toHaveProperty("options");
  });

  test("are taken back by empty fields", async () => {
    await parley.post("/settings", { temperature: "1" });
    await parley.post("/settings", { temperature: "" });
    await conversation();
    expect(lastAsked()).not.toHaveProperty("options");
  });

  test("say which default holds while a field is empty", async () => {
    await parley.post("/settings", { temperature: "1.5" });
    await parley.post("/settings/model?model=gemma3", { top_k: "1" });
    const path = await conversation();
    const html = await parley.page(`${path}/steering`);
    expect(html).toContain("Empty: 1.5, your default for every model.");
    expect(html).toContain("Empty: left to Ollama, usually 40.");
    await parley.post("/settings/model?model=GEMMA3:4b", { top_k: "1" });
    expect(await parley.page(`${path}/steering`)).toContain(
      "Empty: 1, your default for gemma3:4b.",
    );
  });

  test("of an unknown conversation are the same 404 as the conversation", async () => {
    for (const id of ["nothing", "%00", "019aa3c1-6a52-7000-8f2c-5d1b7c1e42aa"]) {
      const path = `/conversations/${id}/steering`;
      expect((await parley.fetch(path)).status).toBe(404);
      expect((await parley.post(path, { temperature: "1" })).status).toBe(404);
    }
  });

  test("a model without a name has no page", async () => {
    expect((await parley.fetch("/settings/model")).status).toBe(422);
    expect((await parley.post("/settings/model?model=", { temperature: "1" })).status).toBe(422);
  });
});

describe("thinking", () => {
  test("is sent in the words of the model", async () => {
    const path = await conversation("Hi", "qwen3:8b");
    await parley.post(`${path}/steering`, { think: "off" });
    await say(path, "Again", "qwen3:8b");
    expect(lastAsked().think).toBe(false);
  });

  test("is offered as the model can, and else not at all", async () => {
    const plain = await conversation();
    expect(await parley.page(`${plain}/steering`)).not.toContain('name="think"');
    const thinker = await conversation("Hi", "qwen3:8b");
    const html = await parley.page(`${thinker}/steering`);
    expect(html).toMatch(/<option value="off">.*<option value="on">/);
    expect(html).not.toContain('value="high"');
    const levels = await conversation("Hi", "gpt-oss:120b-cloud");
    expect(await parley.page(`${levels}/steering`)).toMatch(
      /<option value="low">.*<option value="medium">.*<option value="high">/,
    );
  });

  test("that another model cannot do is kept, not sent, and said", async () => {
    const path = await conversation("Hi", "qwen3:8b");
    await parley.post(`${path}/steering`, { think: "on" });
    await say(path, "Again", "gemma3:4b");
    expect(lastAsked()).not.toHaveProperty("think");
    const sentence = "Thinking is set to on, but gemma3:4b cannot think before it answers";
    expect(await parley.page(path)).toContain(sentence);
    expect(await parley.page(`${path}/steering`)).toContain(sentence);
    // The form of a model that cannot think does not have the field, and does not forget it.
    await parley.post(`${path}/steering`, { temperature: "1" });
    await say(path, "Back", "qwen3:8b");
    expect(lastAsked()).toMatchObject({ think: true, options: { temperature: 1 } });
  });
});

test("the demo takes all of it", async () => {
  await using demo = await startParley({ settings: { demo: "on" } });
  const path = await demo.start("Hello", "eliza");
  await demo.page(path);
  const all = {
    ...{ system: "Be brief.", temperature: "1", top_p: "0.5", top_k: "3", min_p: "0.1" },
    ...{ seed: "7", num_ctx: "4096", num_predict: "2", repeat_penalty: "1.1" },
    ...{ stop: "END", keep_alive: "-1" },
  };
  expect((await demo.post(`${path}/steering`, all)).status).toBe(303);
  await demo.post(`${path}/messages`, { prompt: "I am sad", model: "eliza" });
  expect(await demo.page(path)).toContain("Cut at the length limit");
});
