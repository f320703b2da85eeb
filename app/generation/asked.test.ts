import { describe, expect, test } from "vitest";
import type { Message } from "~/db/messages";
import type { ChatMessage } from "~/ollama/client";
import type { Layers, Steering, Think } from "~/steering/steering";
import { askOf, historyOf, thinkFor } from "./asked";

const none: Layers = { conversation: {}, model: {}, person: {} };
const hi: ChatMessage[] = [{ role: "user", content: "Hi" }];
const SIZES_OF_HI = { characters: 2, pictures: 0, turns: 1, lastCharacters: 2 };
const plain = { thinkValues: [] };
const thinker = { thinkValues: ["off", "on"] as Think[] };
const wants = (conversation: Steering): Layers => ({ ...none, conversation });

describe("what a host is asked", () => {
  test("is only the history where nothing is set", () => {
    expect(askOf(hi, none, plain)).toEqual({ chat: { messages: hi }, asked: SIZES_OF_HI });
  });

  test("has options where they are set, keep_alive and think beside them", () => {
    const set: Steering = { temperature: 0, stop: ["END"], keep_alive: "30m", think: "off" };
    expect(askOf(hi, wants(set), thinker)).toEqual({
      chat: {
        messages: hi,
        options: { temperature: 0, stop: ["END"] },
        keep_alive: "30m",
        think: false,
      },
      asked: { ...set, ...SIZES_OF_HI },
    });
  });

  test("is kept with its sizes: of all, and of what a host never leaves out whole", () => {
    const history: ChatMessage[] = [
      { role: "user", content: "One", images: ["AAAA"] },
      { role: "assistant", content: "Two" },
      { role: "user", content: "Three" },
    ];
    expect(askOf(history, wants({ system: "Be brief." }), plain).asked).toEqual({
      ...{ characters: 20, pictures: 1, turns: 3, lastCharacters: 14 },
    });
  });

  test("has seconds as a number", () => {
    expect(askOf(hi, wants({ keep_alive: "-1" }), plain).chat.keep_alive).toBe(-1);
    expect(askOf(hi, wants({ keep_alive: "300" }), plain).chat.keep_alive).toBe(300);
  });

  test("has no thinking from a model that cannot", () => {
    const { chat, asked } = askOf(hi, wants({ think: "high" }), plain);
    expect(chat.think).toBeUndefined();
    expect(asked.think).toBeUndefined();
  });

  test("does not think where an answer is continued, whatever is set", () => {
    const begun = [...hi, { role: "assistant", content: "Hel" }];
    expect(askOf(begun, wants({ think: "on" }), thinker).chat.think).toBe(false);
    expect(askOf(begun, wants({ think: "on" }), plain).chat.think).toBeUndefined();
  });
});

describe("instructions", () => {
  const messages = (history: ChatMessage[], layers: Layers) =>
    askOf(history, layers, plain).chat.messages.map(({ role, content }) => `${role}: ${content}`);
  const own: ChatMessage[] = [{ role: "system", content: "Old." }, ...hi];

  test("come first", () => {
    expect(messages(hi, wants({ system: "Be brief." }))).toEqual(["system: Be brief.", "user: Hi"]);
  });

  test("of the conversation's own beginning go before defaults", () => {
    expect(messages(own, { ...none, person: { system: "Default." } })).toEqual([
      "system: Old.",
      "user: Hi",
    ]);
  });

  test("are one message where the conversation has both kinds", () => {
    expect(messages(own, wants({ system: "New." }))).toEqual(["system: New.\n\nOld.", "user: Hi"]);
  });
});

test("a wish for thinking is sent as far as the model can", () => {
  expect(thinkFor("high", ["low", "medium", "high"])).toBe("high");
  expect(thinkFor("off", ["low", "medium", "high"])).toBeUndefined();
  expect(thinkFor("on", [])).toBeUndefined();
  expect(thinkFor(undefined, ["off", "on"])).toBeUndefined();
});

const message = (role: Message["role"], content: string): Message => ({
  id: crypto.randomUUID(),
  ownerId: "local",
  conversationId: "c",
  parentId: null,
  role,
  content,
  thinking: "not for the host",
  model: null,
  clientId: null,
  leafId: null,
  chosenId: null,
  pathCharacters: 0,
  pathPictures: 0,
  createdAt: 0,
});

test("the host is told who said what, and nothing else", () => {
  expect(historyOf([message("system", "Be brief."), message("user", "Hi")])).toEqual([
    { role: "system", content: "Be brief." },
    { role: "user", content: "Hi" },
  ]);
});

test("an answer to come is left out; one that was begun is continued", () => {
  expect(historyOf([message("user", "Hi"), message("assistant", "")])).toHaveLength(1);
  expect(historyOf([message("user", "Hi"), message("assistant", "Hel")]).at(-1)).toEqual({
    role: "assistant",
    content: "Hel",
  });
});
