import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Db, openDb } from "../db";

let folder: string;
let db: Db;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-remains-"));
  db = await openDb(join(folder, "parley.db"), "drizzle");
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const OWNER = "local";
let clock = 1_700_000_000_000;

/** A conversation of one prompt and its answer, which has ended. */
async function addConversation(title: string, prompt: string, answer: string): Promise<string> {
  const [conversationId, user, assistant, generation] = Array.from({ length: 4 }, () =>
    Bun.randomUUIDv7(),
  ) as [string, string, string, string];
  clock += 1_000;
  await db.of(OWNER).turns.add({
    conversationId,
    title,
    messages: [
      { id: user, parentId: null, role: "user", content: prompt },
      { id: assistant, parentId: user, role: "assistant", content: "" },
    ],
    generation: { id: generation, model: "m" },
    now: clock,
  });
  await db.upkeep.generations.start(generation, clock);
  const half = Math.floor(answer.length / 2);
  for (const [seq, content] of [answer.slice(0, half), answer.slice(half)].entries()) {
    await db.upkeep.generations.append([
      { ownerId: OWNER, generationId: generation, seq, thinking: "", content },
    ]);
  }
  await db.upkeep.generations.end(generation, { state: "finished", endedAt: clock });
  return conversationId;
}

async function purge(id: string): Promise<void> {
  await db.of(OWNER).conversations.markDeleted(id, 1);
  while (!(await db.upkeep.deletion.purgePart(id, 100)));
}

async function wipe(): Promise<number> {
  let longest = 0;
  for (let done = false; !done; ) {
    const begun = performance.now();
    done = await db.upkeep.remains.wipeStep();
    longest = Math.max(longest, performance.now() - begun);
  }
  expect(await db.upkeep.remains.emptyLog()).toBe(true);
  return longest;
}

/** Which of these texts stand in any file of the database. */
function found(texts: readonly string[]): string[] {
  const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  return texts.filter((text) => bytes.some((all) => all.includes(text)));
}

const secret = (n: number) => ({
  title: `Zqtitle${n}secret`,
  prompt: `Zqprompt${n}secret please ${"and more ".repeat(n % 300)}`,
  answer: `Zqanswer${n}secret indeed ${"so it is ".repeat((n * 7) % 900)}`,
});
const names = (n: number) =>
  ["title", "prompt", "answer"].flatMap((kind) => [`Zq${kind}${n}secret`, `zq${kind}${n}secret`]);

describe("what is deleted", () => {
  test("stands in no file any more, and in no index, once it is wiped", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 60; n++) {
      const { title, prompt, answer } = secret(n);
      ids.push(await addConversation(title, prompt, answer));
    }
    expect(found(names(7))).not.toEqual([]);
    for (let n = 0; n < 60; n += 2) await purge(ids[n] ?? "");
    await wipe();
    expect(found(Array.from({ length: 30 }, (_, n) => names(2 * n)).flat())).toEqual([]);
    for (const n of [1, 59]) {
      const words = [{ text: `zqanswer${n}secret`, prefix: false }];
      const query = { words, without: [], models: [] };
      const { found: kept } = await db.of(OWNER).search.messagesWith(query, 5);
      expect(kept).toHaveLength(1);
    }
  });

  test("a former title, a withdrawn and an edited prompt, a saved prompt", async () => {
    const id = await addConversation("Zqformer title", "Hello", "There");
    await db.of(OWNER).conversations.rename(id, "Another");
    const waiting = { conversationId: id, behindId: "x", model: "m", clientId: null, createdAt: 1 };
    const [first, second] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()];
    await db.of(OWNER).waitingPrompts.add({ ...waiting, id: first, prompt: "Zqwithdrawn" }, [], 20);
    await db.of(OWNER).waitingPrompts.add({ ...waiting, id: second, prompt: "Zqunedited" }, [], 20);
    await db.of(OWNER).waitingPrompts.remove(first, 2);
    await db.of(OWNER).waitingPrompts.edit(second, { prompt: "New words", model: "m" });
    await db.of(OWNER).savedPrompts.add({ id: "s", title: "Zqsaved", text: "Zqtext" });
    await db.of(OWNER).savedPrompts.remove("s");
    await wipe();
    expect(
      found(["Zqformer", "zqformer", "Zqwithdrawn", "Zqunedited", "Zqsaved", "Zqtext"]),
    ).toEqual([]);
    expect(found(["Another", "New words"])).toHaveLength(2);
  });

  test("the bytes, the name and the text of a file that was never sent", async () => {
    const bytes = Buffer.from(`Zqbytes${"x".repeat(20_000)}Zqend`);
    await db.of(OWNER).files.keep(
      {
        name: "Zqname.txt",
        kind: "text",
        hash: "0".repeat(64),
        mediaType: "text/plain",
        bytes,
        size: bytes.length,
        width: null,
        height: null,
        thumbnail: null,
        text: "Zqtext",
      },
      1,
    );
    await db.upkeep.remains.emptyLog();
    expect(found(["Zqbytes", "Zqend"])).toHaveLength(2);
    await db.upkeep.deletion.deleteUnsent(2);
    await wipe();
    expect(found(["Zqbytes", "Zqend", "Zqname", "Zqtext"])).toEqual([]);
  });

  test("is gone from the unused parts of pages too once the file is rewritten, while others write", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 300; n++) {
      const { title, prompt, answer } = secret(n);
      ids.push(await addConversation(title, prompt, answer));
    }
    for (const id of ids.slice(0, 299)) await purge(id);
    await wipe();
    const rewriting = db.upkeep.remains.rewrite();
    let over = false;
    void rewriting.then(() => {
      over = true;
    });
    let written = 0;
    for (; !over || written < 3; written++) {
      await addConversation(`During ${written}`, "a", "b");
      await Bun.sleep(1);
    }
    await rewriting;
    await wipe();
    expect(found(ids.slice(0, 299).flatMap((_, n) => names(n)))).toEqual([]);
    expect(found([names(299)[1] ?? "", `During ${written - 1}`])).toHaveLength(2);
    await db.check();
  }, 60_000);

  test("no step of it takes long, however large the index is", async () => {
    const words = Array.from(
      { length: 3_000 },
      (_, n) => `word${((n * 7_919) % 100_003).toString(36)}`,
    );
    const text = (n: number) =>
      Array.from({ length: 60 }, (_, k) => words[(n * 31 + k * k * 17) % words.length]).join(" ");
    const ids: string[] = [];
    for (let n = 0; n < 1_500; n++)
      ids.push(await addConversation(`Title ${n}`, text(n), text(n + 1)));
    for (let n = 0; n < 1_500; n += 100) await purge(ids[n] ?? "");
    expect(await wipe()).toBeLessThan(250);
  });
});
