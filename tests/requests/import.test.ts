import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { actionIn } from "../support/page";
import { startParley, type TestParley } from "../support/parley";
import { conversation, imported, json, own } from "../support/transfer";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

const read = (name: string) => readFileSync(join("tests/exports", name));

describe("what comes from elsewhere", () => {
  test("ChatGPT's export: branches, models, times, thinking and code; what is missing is told", async () => {
    const html = await imported(parley, "conversations.json", read("chatgpt.json"));
    expect(html).toMatch(/1 conversation<\/strong> added, 1 left out/);
    expect(html).toContain("Taken without 1 picture.");
    expect(html).toContain("There is no message in it.");
    const path = await conversation(parley, "Tides in Brest");
    const page = await parley.page(path);
    expect(page).toContain("<strong>six</strong>");
    expect(page).not.toContain("Interrupted");
    expect(page).toMatch(/2\s*(<!-- -->)?\s*\/\s*(<!-- -->)?\s*2/);
    const file = await json(parley, path);
    expect(file).toMatchObject({
      pinned: true,
      importedFrom: "chatgpt:11111111-aaaa-4aaa-8aaa-000000000001",
      createdAt: "2024-06-01T10:00:00.250Z",
      updatedAt: "2024-06-01T11:00:00.500Z",
    });
    expect(file.messages.map(({ role, content, model }) => [role, content, model])).toEqual([
      ["user", "When is high water on this chart?", undefined],
      ["assistant", "At noon, I think.", "gpt-4o"],
      ["assistant", "```python\nprint(6 + 12)\n```", "o3"],
      ["tool", "18", undefined],
      ["assistant", "At **six** in the morning and in the evening.", "o3"],
    ]);
    expect(file.messages[2]?.thinking).toBe("Reading\nThe chart shows two peaks.");
    expect(
      file.messages.map(({ parent }) => file.messages.findIndex(({ id }) => id === parent)),
    ).toEqual([-1, 0, 0, 2, 3]);
    expect(await imported(parley, "conversations.json", read("chatgpt.json"))).toContain(
      "It is here already.",
    );
  });

  test("ChatGPT's archive, in one part or in several", async () => {
    const [one = {}] = JSON.parse(read("chatgpt.json").toString()) as object[];
    const archive = zipSync({
      "user.json": strToU8('{"id": "someone"}'),
      "conversations-000.json": strToU8(JSON.stringify([one])),
      "conversations-001.json": strToU8(
        JSON.stringify([{ ...one, conversation_id: "other", title: "Second part" }]),
      ),
      "chat.html": strToU8("<p>"),
    });
    expect(await imported(parley, "export.zip", Buffer.from(archive))).toContain(
      "2 conversations</strong> added",
    );
  });

  test("Open WebUI's export: branches, reasoning, the system prompt and its options", async () => {
    const html = await imported(parley, "chats.json", read("open-webui.json"));
    expect(html).toContain("1 conversation</strong> added");
    expect(html).toContain("Taken without 1 file.");
    const file = await json(parley, await conversation(parley, "Knots"));
    expect(file).toMatchObject({
      archived: true,
      steering: { system: "Answer in one line.", temperature: 0.2 },
      createdAt: "2024-06-02T03:46:40.000Z",
    });
    expect(file.messages.map(({ content, model, thinking }) => [content, model, thinking])).toEqual(
      [
        ["Which knot holds a sail?", undefined, undefined],
        ["A bowline.", "llama3.1:8b", undefined],
        ["A reef knot.", "qwen3:8b", "It must not slip.\nSo a loop."],
        ["Thanks!", undefined, undefined],
      ],
    );
    expect(await imported(parley, "chats.json", read("open-webui.json"))).toContain(
      "It is here already.",
    );
  });

  test("an imported conversation takes new prompts", async () => {
    await imported(parley, "one.json", JSON.stringify(own()));
    const path = await conversation(parley, "Kept");
    const action = actionIn(await parley.page(path), "messages", "any query");
    parley.ollama.next({ chunks: ["More."] });
    await parley.post(action, { prompt: "And?", model: "gemma3:4b" });
    expect(await parley.page(path)).toContain("More.");
    expect(parley.ollama.chats().at(-1)?.body).toMatchObject({
      messages: [{ content: "Question?" }, { content: "Answer." }, { content: "And?" }],
    });
  });

  test("what was deleted can come in again", async () => {
    await imported(parley, "one.json", JSON.stringify(own()));
    await parley.post(`${await conversation(parley, "Kept")}/delete`, {});
    expect(await imported(parley, "one.json", JSON.stringify(own()))).toContain(
      "1 conversation</strong> added",
    );
  });
});
