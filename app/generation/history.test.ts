import { expect, test } from "vitest";
import type { Message } from "~/db/messages";
import { historyOf } from "./history";

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
