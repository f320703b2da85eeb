import fc, { type GeneratorValue } from "fast-check";
import { expect, test } from "vitest";
import { type Db, openDb } from "../db/db";
import type { ImportedConversation, ImportedMessage } from "./imported";
import { type ConversationFile, conversationFile, fileParts } from "./own-format";
import { readConversation } from "./read-conversation";
import { leafBelow } from "./tree";
import { writeImported } from "./write-imported";

const SEED = Number(process.env.SEED ?? 7);
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
  const property = fc.asyncProperty(fc.gen(), async (generate) => {
    const first = await through(importedOf(generate));
    const again = await through(await readConversation(Buffer.from(JSON.stringify(first))));
    expect(comparable(again)).toEqual(comparable(first));
    // The tree is one: parents stand before their children, and sort before them.
    for (const { id, parent } of again.messages) {
      if (parent === undefined) continue;
      expect(parent < id).toBe(true);
      expect(again.messages.some((message) => message.id === parent)).toBe(true);
    }
  });
  await fc.assert(property, { seed: SEED, numRuns: 40 });
}, 60_000);

/** Writes an imported conversation into an empty database and gives its file. */
async function through(imported: ImportedConversation): Promise<ConversationFile> {
  const db: Db = await openDb(":memory:", "drizzle");
  try {
    const source = { fileBytes: async () => null };
    const { signal: giveUp } = new AbortController();
    await writeImported({ db: db.of(OWNER), readPdf: async () => "", source, giveUp }, imported);
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

/** Choices that fast-check makes, repeats from a seed and shrinks when they fail. */
function choices(generate: GeneratorValue) {
  return {
    between: (min: number, max: number) => generate(fc.integer, { min, max }),
    pick: <T>(list: readonly T[]) => list[generate(fc.nat, { max: list.length - 1 })] as T,
    maybe: <T>(value: T) => (generate(fc.boolean) ? value : null),
  };
}

function importedOf(generate: GeneratorValue): ImportedConversation {
  const { between, pick } = choices(generate);
  const text = () => Array.from({ length: between(1, 5) }, () => pick(WORDS)).join(" ");
  const time = () => NOW - between(0, 10 ** 11);
  const count = between(1, 60);
  const messages = Array.from({ length: count }, (_, place): ImportedMessage => {
    const role = pick(["user", "assistant", "system", "tool"] as const);
    const answers = role === "assistant";
    return {
      parent: place === 0 || between(0, 9) === 9 ? null : between(0, place - 1),
      role,
      content: text(),
      thinking: answers && between(0, 2) === 2 ? text() : "",
      model: answers ? pick(["qwen3:8b", "llama3.1"]) : null,
      leaf: between(0, 4) === 4 ? between(0, count - 1) : null,
      chosen: between(0, 4) === 4 ? between(0, count - 1) : null,
      createdAt: time(),
      generations: answers
        ? Array.from({ length: between(0, 3) }, () => generation(generate, time()))
        : [],
      files: [],
    };
  });
  return {
    origin: `test:${between(0, 2 ** 31 - 1)}`,
    alsoKnownAs: [],
    title: `Title ${pick(WORDS).trim()}`.trim(),
    titledBy: pick(["prompt", "model", "person"] as const),
    pinned: generate(fc.boolean),
    archived: generate(fc.boolean),
    steering: generate(fc.boolean)
      ? { system: generate(fc.boolean) ? `Be ${text()}` : "", temperature: 0.5, stop: ["a", "b"] }
      : {},
    createdAt: time(),
    updatedAt: time(),
    messages,
    leaf: leafBelow(messages, between(0, count - 1)),
    without: [],
  };
}

function generation(
  generate: GeneratorValue,
  createdAt: number,
): ImportedMessage["generations"][number] {
  const { pick, maybe } = choices(generate);
  return {
    model: "qwen3:8b",
    modelDigest: maybe("abc"),
    state: pick(["finished", "stopped", "failed", "interrupted"] as const),
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
    turnsDropped: generate(fc.boolean),
    promptCut: generate(fc.boolean),
  };
}
