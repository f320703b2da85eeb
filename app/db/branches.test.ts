import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addLongConversation } from "../../tests/support/long-conversation";
import { type Db, openDb } from "./db";
import type { LastViewed } from "./tree";
import type { TurnOutcome } from "./turns";

let db: Db;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-branches-"));
  db = await openDb(join(folder, "parley.db"), "drizzle");
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const me = "local";

/** Writes a prompt `<n>P` below a message and its answer `<n>a`; ids sort as they come to be. */
async function turn(n: number, parentId: string | null, left?: LastViewed): Promise<TurnOutcome> {
  return db.of(me).turns.add({
    conversationId: "c",
    ...(n === 1 ? { title: "Tides" } : {}),
    messages: [
      { id: `${n}P`, parentId, role: "user", content: `prompt ${n}` },
      { id: `${n}a`, parentId: `${n}P`, role: "assistant", content: "", model: "m" },
    ],
    generation: { id: `g${n}`, model: "m" },
    ...(left ? { left } : {}),
    now: n,
  });
}

const leaf = async () => (await db.of(me).conversations.find("c"))?.leafId;
const ids = (messages: { id: string }[]) => messages.map(({ id }) => id).join(" ");
async function choose(id: string, left?: LastViewed): Promise<void> {
  const message = await db.of(me).messages.find(id);
  if (!message) throw new Error(`no ${id}`);
  await db.of(me).branches.choose(message, left);
}

/**
 * 1P 1a ┬ 2P 2a ┬ 3P 3a
 *       │       └ 5P 5a
 *       └ 4P 4a
 */
async function tree(): Promise<void> {
  await turn(1, null);
  await turn(2, "1a");
  await turn(3, "2a");
  await turn(4, "1a");
  await turn(5, "2a");
}

describe("a branch", () => {
  beforeEach(tree);

  test("is what leads to its leaf", async () => {
    expect(ids(await db.of(me).branches.whole("3a"))).toBe("1P 1a 2P 2a 3P 3a");
    expect(ids(await db.of(me).branches.whole("4a"))).toBe("1P 1a 4P 4a");
  });

  test("is read from its end, as much as asked for", async () => {
    expect(ids(await db.of(me).branches.upTo("3a", { messages: 3 }))).toBe("2a 3P 3a");
    expect(ids(await db.of(me).branches.upTo("3a", { messages: 99 }, "2P"))).toBe("2P 2a 3P 3a");
    expect(ids(await db.of(me).branches.upTo("1P", { messages: 3 }))).toBe("1P");
  });

  test("is read as far as its text fits, and by one message at least", async () => {
    // Each prompt has eight bytes, the answers none.
    const most = (bytes: number) => ({ messages: 99, bytes });
    expect(ids(await db.of(me).branches.upTo("3a", most(16)))).toBe("1a 2P 2a 3P 3a");
    expect(ids(await db.of(me).branches.upTo("3a", most(15)))).toBe("2a 3P 3a");
    expect(ids(await db.of(me).branches.upTo("3P", most(1)))).toBe("3P");
    expect(ids(await db.of(me).branches.below("1P", most(8)))).toBe("1a 4P 4a");
    expect(ids(await db.of(me).branches.below("1a", most(7)))).toBe("4P");
  });

  test("goes on to the leaf last viewed, else to the newest", async () => {
    expect(ids(await db.of(me).branches.below("1a", { messages: 9 }))).toBe("4P 4a");
    await choose("2P");
    expect(ids(await db.of(me).branches.below("1a", { messages: 3 }))).toBe("2P 2a 5P");
    await choose("3P");
    expect(ids(await db.of(me).branches.below("1a", { messages: 9 }))).toBe("2P 2a 3P 3a");
    expect(ids(await db.of(me).branches.below("3a", { messages: 9 }))).toBe("");
  });

  test("of another owner is empty", async () => {
    expect(await db.of("other").branches.whole("3a")).toEqual([]);
    expect(await db.of("other").branches.below("1P", { messages: 9 })).toEqual([]);
    expect(await db.of("other").branches.withFollowing("1P")).toEqual([]);
    expect(await db.of("other").branches.alternatives(["2P"])).toEqual([]);
  });
});

describe("alternatives", () => {
  beforeEach(tree);

  test("have the same parent, oldest first", async () => {
    expect(await db.of(me).branches.alternatives(["1P", "1a", "4P", "4a"])).toEqual([
      { messageId: "4P", ids: ["2P", "4P"] },
    ]);
  });

  test("of a first prompt are the other first prompts", async () => {
    await turn(6, null);
    expect(await db.of(me).branches.alternatives(["1P"])).toEqual([
      { messageId: "1P", ids: ["1P", "6P"] },
    ]);
  });
});

describe("the choice of an alternative", () => {
  beforeEach(tree);

  test("leads down to the newest leaf", async () => {
    await choose("2P");
    expect(await leaf()).toBe("5a");
  });

  test("leads to the leaf last viewed, and further if it went on", async () => {
    await choose("4P", { messageId: "2P", leafId: "3a" });
    expect(await leaf()).toBe("4a");
    await choose("2P");
    expect(await leaf()).toBe("3a");
    await turn(6, "3a");
    await choose("4P");
    await choose("2P");
    expect(await leaf()).toBe("6a");
  });

  test("is kept by a turn that leaves another", async () => {
    await turn(6, "1a", { messageId: "2P", leafId: "3a" });
    expect(await leaf()).toBe("6a");
    expect(await db.of(me).branches.leafBelow("2P")).toBe("3a");
  });

  test("forgets a place that is gone or was never here", async () => {
    await choose("4P", { messageId: "2P", leafId: "3a" });
    await db.of(me).branches.remove("c", ["3P", "3a"], "5a");
    expect(await db.of(me).branches.leafBelow("2P")).toBe("5a");
    await choose("2P", { messageId: "4P", leafId: "nowhere" });
    expect(await db.of(me).branches.leafBelow("4P")).toBe("4a");
  });

  test("is never one that is not below it", async () => {
    await choose("2P", { messageId: "4P", leafId: "5a" });
    expect(await db.of(me).branches.leafBelow("4P")).toBe("4a");
  });

  test("cannot be in what was deleted meanwhile", async () => {
    const chosen = await db.of(me).messages.find("4P");
    await db.of(me).branches.remove("c", ["4P", "4a"], "5a");
    expect(chosen && (await db.of(me).branches.choose(chosen, undefined))).toBeUndefined();
    expect(await leaf()).toBe("5a");
  });
});

describe("what goes with a message", () => {
  beforeEach(tree);

  test("is all below it, on every branch, parents first", async () => {
    expect(await db.of(me).branches.withFollowing("2a")).toEqual(
      ["2a", "3P", "3a", "5P", "5a"].sort(),
    );
    expect(await db.of(me).branches.withFollowing("4a")).toEqual(["4a"]);
  });

  test("and the branch that ended there ends where it is told", async () => {
    await db.of(me).branches.remove("c", await db.of(me).branches.withFollowing("2a"), "2P");
    expect(await leaf()).toBe("2P");
    expect(ids(await db.of(me).branches.whole("4a"))).toBe("1P 1a 4P 4a");
    expect(await db.of(me).messages.find("3P")).toBeUndefined();
  });

  test("leaves the branch alone that one looks at elsewhere", async () => {
    await db.of(me).branches.remove("c", await db.of(me).branches.withFollowing("4P"), "5a");
    expect(await leaf()).toBe("5a");
  });

  test("does not go where the tree has changed since it was looked at", async () => {
    const seen = await db.of(me).branches.withFollowing("3P");
    await turn(6, "3a");
    expect(await db.of(me).branches.remove("c", seen, "5a")).toBe(false);
    const all = await db.of(me).branches.withFollowing("3P");
    expect(await db.of(me).branches.remove("c", all, "2a")).toBe(false);
    expect(await db.of(me).branches.remove("c", all, null)).toBe(false);
    expect(await db.of(me).messages.find("3a")).toBeDefined();
    expect(await db.of(me).branches.remove("c", all, "5a")).toBe(true);
    expect(await db.of(me).branches.remove("c", all, "5a")).toBe(false);
  });

  test("takes no turn", async () => {
    await db.of(me).branches.remove("c", ["5P", "5a"], "3a");
    expect(await turn(6, "5a")).toBe("gone");
    expect(await leaf()).toBe("3a");
  });
});

test("an answer goes on only as a leaf that is there, and once", async () => {
  await tree();
  const goOn = (n: number) =>
    db.of(me).generations.add({
      id: `g${n}-more`,
      conversationId: "c",
      messageId: `${n}a`,
      model: "m",
      now: 9,
    });
  expect(await goOn(3)).toBe("live");
  await db.upkeep.generations.end("g3", { state: "finished", endedAt: 8 });
  expect(await goOn(3)).toBe("queued");
  expect(await goOn(3)).toBe("live");
  expect(await goOn(2)).toBe("answered");
  expect(await goOn(7)).toBe("gone");
});

test("a branch of ten thousand messages is walked and deleted", async () => {
  // Turn by turn it would take longer than all that is tested here.
  const { id, ids } = addLongConversation(folder, 10_000);
  const [first = "", last = ""] = [ids[0], ids.at(-1)];
  expect(await db.of(me).branches.leafBelow(first)).toBe(last);
  expect((await db.of(me).branches.whole(last)).map((message) => message.id)).toEqual(ids);
  await db.of(me).branches.remove(id, ids, null);
  expect((await db.of(me).conversations.find(id))?.leafId).toBeNull();
  expect(await db.of(me).messages.find(first)).toBeUndefined();
});
