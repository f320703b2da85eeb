import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { MADE_TITLE_BYTES } from "../../app/limits";
import type { ChatBody } from "../ollama/host";
import { actionIn, readUntil, titleOf } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley({ settings: { titles: true } });
});
afterEach(() => parley[Symbol.asyncDispose]());

const PROMPT = "How often does the tide come, and why?";

/** A conversation whose answer has ended. */
async function converse(prompt: string, model?: string): Promise<string> {
  const path = await parley.start(prompt, model);
  await parley.page(path);
  return path;
}

const titleAt = async (path: string) => titleOf(await parley.page(path));
const chats = () => parley.ollama.chats().map(({ body }) => body as ChatBody);

/** Waits until no title is expected any more: the page then does not ask for itself again. */
async function settled(path: string): Promise<void> {
  await vi.waitFor(async () =>
    expect(await parley.page(path)).not.toContain('class="auto-refresh"'),
  );
}

test("the model that answered titles the conversation, once, and briefly", async () => {
  parley.ollama.next({ chunks: ["Twice a day, and the moon is why."] });
  parley.ollama.next({ chunks: ['**Title:** "The moon', ' and the tides."'] });
  const path = await converse(PROMPT, "qwen3:8b");
  await vi.waitFor(async () => expect(await titleAt(path)).toBe("The moon and the tides"));
  expect(await parley.page("/conversations")).toContain("The moon and the tides");
  const [, asked] = chats();
  expect(asked).toMatchObject({
    model: "qwen3:8b",
    think: false,
    options: { num_predict: 16 },
    messages: [{ role: "user" }],
  });
  expect(asked?.messages[0]?.content).toContain(PROMPT);
  expect(asked?.messages[0]?.content).toContain("Twice a day, and the moon is why.");
  const send = actionIn(await parley.page(path), "messages", "a query");
  await parley.post(send.replaceAll("&amp;", "&"), { prompt: "More", model: "qwen3:8b" });
  await parley.page(path);
  await settled(path);
  expect(chats().length).toBe(3);
});

test.each([
  ["no more than it may is read", 0, "Tides"],
  ["more is cut off, and with it a word that is not whole", 1, PROMPT],
])("of what a model writes for a title, %s", async (_, more, title) => {
  const written = `${"\n".repeat(MADE_TITLE_BYTES - "Tides".length + more)}Tides`;
  parley.ollama.next({ chunks: ["Twice a day."] });
  parley.ollama.always({ chunks: [written] });
  const path = await converse(PROMPT);
  await vi.waitFor(() => expect(chats().length).toBeGreaterThan(1));
  await settled(path);
  expect(await titleAt(path)).toBe(title);
});

test("a title given by hand stays, even one given while the model writes", async () => {
  parley.ollama.next({ chunks: ["Twice a day."] });
  parley.ollama.next({ chunks: ["The moon", " and the tides"], holdAfter: 1 });
  const path = await converse(PROMPT);
  await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
  await parley.post(`${path}/rename`, { title: "Mine" });
  parley.ollama.release();
  await settled(path);
  expect(await titleAt(path)).toBe("Mine");
});

describe("the first line stays", () => {
  test("where the model writes nothing that is a title, twice", async () => {
    parley.ollama.next({ chunks: ["Twice a day."] });
    parley.ollama.always({ chunks: ['""'] });
    const path = await converse(PROMPT);
    await vi.waitFor(() => expect(chats().length).toBe(3));
    await settled(path);
    expect(await titleAt(path)).toBe(PROMPT);
    expect(chats().length).toBe(3);
  });

  test("where the model fails, twice", async () => {
    parley.ollama.next({ chunks: ["Twice a day."] });
    parley.ollama.always({ chunks: ["The mo"], end: { error: "unexpected EOF" } });
    const path = await converse(PROMPT);
    await vi.waitFor(() => expect(chats().length).toBe(3));
    await settled(path);
    expect(await titleAt(path)).toBe(PROMPT);
  });

  test("after an answer that was stopped", async () => {
    parley.ollama.next({ chunks: ["Twice ", "a day"], holdAfter: 1 });
    const path = await parley.start(PROMPT);
    const begun = await readUntil(await parley.fetch(path), (text) => text.includes("Twice"));
    await parley.post(actionIn(begun, "stop", "any query"), {});
    await settled(path);
    expect(chats().length).toBe(1);
  });

  test("from a model that cannot be told not to think, and from one in the cloud", async () => {
    parley.ollama.models.push({
      ...{ name: "gpt-oss:20b", capabilities: ["completion", "thinking"] },
    });
    for (const model of ["gpt-oss:20b", "gpt-oss:120b-cloud", "gemma3:4b"]) {
      parley.ollama.next({ thinking: ["Hm"], chunks: ["Twice a day."] });
      const path = await converse(PROMPT, model);
      await settled(path);
      expect(await titleAt(path)).toBe(PROMPT);
    }
    expect(chats().length).toBe(3);
  });

  test("from the demo, which is no model", async () => {
    await parley.ollama.goAway();
    await parley.restart();
    const path = await converse("I have been feeling restless", "eliza");
    await settled(path);
    expect(await titleAt(path)).toBe("I have been feeling restless");
  });
});

test("a title gives way to an answer and is written afterwards", async () => {
  parley.ollama.next({ chunks: ["Twice a day."] });
  parley.ollama.next({ chunks: ["The moon", " never"], holdAfter: 1 });
  const first = await converse(PROMPT);
  await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
  parley.ollama.next({ chunks: ["Second ", "answer."], holdAfter: 1 });
  const second = await parley.start("Something else");
  await readUntil(await parley.fetch(second), (text) => text.includes("Second"));
  expect(parley.ollama.active()).toBe(1);
  expect(chats().length).toBe(3);
  parley.ollama.always({ chunks: ["Written afterwards"] });
  parley.ollama.release();
  for (const path of [first, second]) {
    await vi.waitFor(async () => expect(await titleAt(path)).toBe("Written afterwards"));
  }
});

test("no model is told for a title what was deleted meanwhile", async () => {
  parley.ollama.next({ chunks: ["Twice a day."] });
  parley.ollama.next({ chunks: ["The moon", " never"], holdAfter: 1 });
  const first = await converse(PROMPT);
  await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
  parley.ollama.next({ chunks: ["Second ", "answer."], holdAfter: 1 });
  const second = await parley.start("Something else");
  await readUntil(await parley.fetch(second), (text) => text.includes("Second"));
  await parley.post(`${first}/delete`, {});
  parley.ollama.always({ chunks: ["Written afterwards"] });
  parley.ollama.release();
  await vi.waitFor(async () => expect(await titleAt(second)).toBe("Written afterwards"));
  expect(chats()).toHaveLength(4);
});

test("a server that stops does not wait for a title", async () => {
  parley.ollama.next({ chunks: ["Twice a day."] });
  parley.ollama.next({ chunks: ["The moon", " never"], holdAfter: 1 });
  const path = await converse(PROMPT);
  await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
  await parley.restart();
  await vi.waitFor(() => expect(parley.ollama.active()).toBe(0));
  expect(await titleAt(path)).toBe(PROMPT);
  expect(parley.log.filter(({ level }) => level === "error")).toEqual([]);
});
