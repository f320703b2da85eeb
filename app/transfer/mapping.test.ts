import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { LeftOut } from "./bad-file";
import { contentOf, messageFields } from "./chatgpt-content";
import { readConversation } from "./read-conversation";

const read = (value: unknown) => readConversation(Buffer.from(JSON.stringify(value)));

describe("what a message of ChatGPT says", () => {
  const said = (content: object, role = "assistant", metadata: object = {}) =>
    contentOf(v.parse(messageFields, { author: { role }, content, metadata }));

  test.each<[string, object, string | null]>([
    ["text", { content_type: "text", parts: ["One", "", "Two"] }, "One\n\nTwo"],
    ["no text", { content_type: "text", parts: [""] }, null],
    ["code", { content_type: "code", language: "unknown", text: "ls" }, "```\nls\n```"],
    ["what code gave", { content_type: "execution_output", text: "18" }, "18"],
    [
      "a quotation",
      { content_type: "tether_quote", title: "T", url: "u", text: "q" },
      "T\n\nu\n\nq",
    ],
    ["what a page said", { content_type: "tether_browsing_display", result: "r" }, "r"],
    [
      "a picture alone",
      { content_type: "multimodal_text", parts: [{ content_type: "image_asset_pointer" }] },
      "(a picture)",
    ],
    [
      "a spoken word",
      {
        content_type: "multimodal_text",
        parts: [{ content_type: "audio_transcription", text: "hello" }],
      },
      "hello",
    ],
    [
      "instructions of the account",
      { content_type: "user_editable_context", user_profile: "p" },
      null,
    ],
    ["something new", { content_type: "hologram", parts: ["h"] }, "h"],
    ["nothing", {}, null],
  ])("%s", (_, content, text) => {
    expect(said(content).text).toBe(text);
  });

  test("is nothing where it is hidden, and cannot be read of an unknown role", () => {
    const content = { content_type: "text", parts: ["x"] };
    expect(said(content, "user", { is_visually_hidden_from_conversation: true }).text).toBeNull();
    expect(said(content, "critic")).toMatchObject({ text: null, unknown: true });
  });
});

describe("conversations of Open WebUI", () => {
  const one = (messages: object, more: object = {}) =>
    read({ id: "w", title: "T", chat: { history: { messages, ...more } } });
  const content = async (text: unknown) =>
    (await one({ a: { id: "a", parentId: null, role: "assistant", content: text } })).messages[0];

  test("from before there were branches are a list", async () => {
    const { messages } = await read({
      id: "w",
      chat: {
        messages: [
          { role: "user", content: "Q" },
          { role: "assistant", content: "A" },
        ],
      },
    });
    expect(messages.map(({ parent, content }) => [parent, content])).toEqual([
      [null, "Q"],
      [0, "A"],
    ]);
  });

  test("have their thoughts taken out of the text, and no others", async () => {
    const fold = (type: string) =>
      `<details type="${type}"><summary>S</summary>\n&gt; a &lt; b\n</details>\n`;
    expect(await content(`${fold("reasoning")}Yes.`)).toMatchObject({
      content: "Yes.",
      thinking: "a < b",
    });
    expect(await content(`${fold("other")}Yes.`)).toMatchObject({
      content: `${fold("other")}Yes.`,
      thinking: "",
    });
    const open = '<details type="reasoning">never closed';
    expect(await content(open)).toMatchObject({ content: open, thinking: "" });
  });

  test("take no time that grows with the square of a hostile text", async () => {
    const hostile = '<details type="reasoning">'.repeat(100_000);
    expect((await content(hostile))?.content).toBe(hostile);
  });

  test("may have text in parts, and failures in place of it", async () => {
    const parts = [{ type: "text", text: "P" }, { type: "image_url" }];
    expect((await content(parts))?.content).toBe("P");
    const failed = await one({
      a: { role: "assistant", content: "", error: { content: "No model" } },
    });
    expect(failed.messages[0]?.content).toBe("No model");
  });
});

describe("every format", () => {
  test("without an id is known by what it says", async () => {
    const value = { title: "T", mapping: { a: { message: null } } };
    const { origin } = await read(value);
    expect((await read(value)).origin).toBe(origin);
    expect((await read({ ...value, title: "U" })).origin).not.toBe(origin);
  });

  test.each([
    [[], "no conversation of"],
    [{ format: "parley-conversation", version: 99 }, "newer Parley"],
    [{}, "no conversation of"],
  ])("%j is left out: %s", async (value, reason) => {
    await expect(read(value)).rejects.toThrow(LeftOut);
    await expect(read(value)).rejects.toThrow(reason);
  });

  test("with broken JSON inside is left out", async () => {
    const broken = readConversation(Buffer.from('{"a": tru}'));
    await expect(broken).rejects.toThrow("not valid JSON");
  });
});
