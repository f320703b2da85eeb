import { expect, test } from "vitest";
import { Random } from "../../tests/support/random";
import { type Db, openDb } from "../db/db";
import type { Draft, DraftMessage } from "./draft";
import { type ConversationFile, conversationFile, fileParts } from "./own-format";
import { readConversation } from "./read-conversation";
import { leafBelow } from "./tree";
import { writeDraft } from "./write-draft";

const TRIALS = 40;
const SEED = process.env.SEED ?? "7";
const OWNER = "local";
const WORDS = [
  "tide",
  "moon\n\n- list",
  "```js\nx\n```",
  "日本",
  "👩‍🚀",
  "<b>&",
  '"\\',
  "\u2028",
  "  ",
];
const NOW = Date.now();

test("what goes out and comes in goes out again the same", async () => {
  for (let trial = 0; trial < TRIALS; trial++) {
    const random = new Random(`${SEED}.${trial}`);
    const first = await through(draftOf(random));
    const again = await through(await readConversation(Buffer.from(JSON.stringify(first))));
    expect(comparable(again), `SEED=${SEED}, trial ${trial}`).toEqual(comparable(first));
    // The tree is one: parents stand before their children, and sort before them.
    for (const { id, parent } of again.messages) {
      if (parent === undefined) continue;
      expect(parent < id).toBe(true);
      expect(again.messages.some((message) => message.id === parent)).toBe(true);
    }
  }
}, 60_000);

/** Writes a draft into an empty database and gives its file. */
async function through(draft: Draft): Promise<ConversationFile> {
  const db: Db = await openDb(":memory:", "drizzle");
  try {
    const source = { fileBytes: async () => null };
    const { signal: giveUp } = new AbortController();
    await writeDraft({ db: db.of(OWNER), readPdf: async () => "", source, giveUp }, draft);
    const [id = ""] = await db.of(OWNER).transfer.ids("", 2);
    const whole = await db.of(OWNER).transfer.whole(id);
    if (!whole) throw new Error("nothing was written");
    const file = await conversationFile(whole, () => null);
    expect((await Array.fromAsync(fileParts(file))).join("")).toBe(JSON.stringify(file, null, 2));
    return file;
  } finally {
    await db.close();
  }
}

/** Without what differs in another database: ids become places. */
function comparable({ importedFrom: _, ...file }: ConversationFile): unknown {
  const places = new Map(file.messages.map(({ id }, place) => [id, place]));
  const at = (id: string | undefined) => (id === undefined ? null : places.get(id));
  return {
    ...file,
    id: "",
    leaf: at(file.leaf),
    messages: file.messages.map(({ id, parent, leaf, chosen, ...message }) => ({
      ...message,
      id: at(id),
      parent: at(parent),
      leaf: at(leaf),
      chosen: at(chosen),
    })),
  };
}

function draftOf(random: Random): Draft {
  const text = () =>
    Array.from({ length: random.between(1, 5) }, () => random.pick(WORDS)).join(" ");
  const time = () => NOW - random.between(0, 10 ** 11);
  const count = random.between(1, 60);
  const messages = Array.from({ length: count }, (_, place): DraftMessage => {
    const role = random.pick(["user", "assistant", "system", "tool"] as const);
    const answers = role === "assistant";
    return {
      parent: place === 0 || random.chance(0.1) ? null : random.between(0, place - 1),
      role,
      content: text(),
      thinking: answers && random.chance(0.3) ? text() : "",
      model: answers ? random.pick(["qwen3:8b", "llama3.1"]) : null,
      leaf: random.chance(0.2) ? random.between(0, count - 1) : null,
      chosen: random.chance(0.2) ? random.between(0, count - 1) : null,
      createdAt: time(),
      generations: answers
        ? Array.from({ length: random.between(0, 3) }, () => generation(random, time()))
        : [],
      files: [],
    };
  });
  return {
    origin: `test:${random.next()}`,
    alsoKnownAs: [],
    title: `Title ${random.pick(WORDS).trim()}`.trim(),
    titledBy: random.pick(["prompt", "model", "person"] as const),
    pinned: random.chance(0.5),
    archived: random.chance(0.5),
    steering: random.chance(0.5)
      ? { system: random.chance(0.5) ? `Be ${text()}` : "", temperature: 0.5, stop: ["a", "b"] }
      : {},
    createdAt: time(),
    updatedAt: time(),
    messages,
    leaf: leafBelow(messages, random.between(0, count - 1)),
    without: [],
  };
}

function generation(random: Random, createdAt: number): DraftMessage["generations"][number] {
  const maybe = <T>(value: T) => (random.chance(0.5) ? value : null);
  return {
    model: "qwen3:8b",
    modelDigest: maybe("abc"),
    state: random.pick(["finished", "stopped", "failed", "interrupted"] as const),
    doneReason: maybe("length"),
    errorCode: maybe("cut"),
    errorDetail: maybe("a\nb"),
    createdAt,
    startedAt: maybe(createdAt + 1),
    endedAt: maybe(createdAt + 2),
    firstTokenMs: maybe(1.5),
    promptTokens: maybe(7),
    answerTokens: maybe(8),
    totalMs: maybe(100.25),
    loadMs: maybe(0),
    promptMs: maybe(3),
    answerMs: maybe(4),
    asked: maybe({
      temperature: 1,
      think: "high" as const,
      characters: 12,
      pictures: 1,
      turns: 3,
      lastCharacters: 4,
    }),
    contextTokens: maybe(4096),
    turnsDropped: random.chance(0.5),
    promptCut: random.chance(0.5),
  };
}
