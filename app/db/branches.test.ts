import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addLongConversation } from "../../tests/support/long-conversation";
import type { LeftBranch } from "./branches";
import { type Db, openDb } from "./db";

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

/** Writes a prompt `p<n>` below a message and its answer `a<n>`; ids sort by `n`. */
async function turn(n: number, parentId: string | null, left?: LeftBranch): Promise<void> {
  await db.messages.addTurn({
    ownerId: me,
    conversationId: "c",
    ...(n === 1 ? { title: "Tides" } : {}),
    messages: [
      { id: `${n}p`, parentId, role: "user", content: `prompt ${n}` },
      { id: `${n}a`, parentId: `${n}p`, role: "assistant", content: "", model: "m" },
    ],
    generation: { id: `g${n}`, model: "m" },
    ...(left ? { left } : {}),
    now: n,
  });
}

const leaf = async () => (await db.conversations.find(me, "c"))?.leafId;
const ids = (messages: { id: string }[]) => messages.map(({ id }) => id).join(" ");
async function choose(id: string, left?: LeftBranch): Promise<void> {
  const message = await db.messages.find(me, id);
  if (!message) throw new Error(`no ${id}`);
  await db.branches.choose(me, message, await db.branches.leafBelow(me, id), left);
}

/**
 * 1p 1a ┬ 2p 2a ┬ 3p 3a
 *       │       └ 5p 5a
 *       └ 4p 4a
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
    expect(ids(await db.branches.whole(me, "3a"))).toBe("1p 1a 2p 2a 3p 3a");
    expect(ids(await db.branches.whole(me, "4a"))).toBe("1p 1a 4p 4a");
  });

  test("is read from its end as far as one wants", async () => {
    expect(ids(await db.branches.upTo(me, "3a", 3))).toBe("2a 3p 3a");
    expect(ids(await db.branches.upTo(me, "3a", 99, "2p"))).toBe("2p 2a 3p 3a");
    expect(ids(await db.branches.upTo(me, "1p", 3))).toBe("1p");
  });

  test("goes on where one was last, else with the newest", async () => {
    expect(ids(await db.branches.below(me, "1a", 9))).toBe("4p 4a");
    await choose("2p");
    expect(ids(await db.branches.below(me, "1a", 3))).toBe("2p 2a 5p");
    await choose("3p");
    expect(ids(await db.branches.below(me, "1a", 9))).toBe("2p 2a 3p 3a");
    expect(ids(await db.branches.below(me, "3a", 9))).toBe("");
  });

  test("of another owner is empty", async () => {
    expect(await db.branches.whole("other", "3a")).toEqual([]);
    expect(await db.branches.below("other", "1p", 9)).toEqual([]);
    expect(await db.branches.withFollowing("other", "1p")).toEqual([]);
    expect(await db.branches.alternatives("other", ["2p"])).toEqual([]);
  });
});

describe("alternatives", () => {
  beforeEach(tree);

  test("have the same parent, oldest first", async () => {
    expect(await db.branches.alternatives(me, ["1p", "1a", "4p", "4a"])).toEqual([
      { messageId: "4p", ids: ["2p", "4p"] },
    ]);
  });

  test("of a first prompt are the other first prompts", async () => {
    await turn(6, null);
    expect(await db.branches.alternatives(me, ["1p"])).toEqual([
      { messageId: "1p", ids: ["1p", "6p"] },
    ]);
  });
});

describe("the choice of an alternative", () => {
  beforeEach(tree);

  test("leads down to the newest leaf", async () => {
    await choose("2p");
    expect(await leaf()).toBe("5a");
  });

  test("leads to where one was when one left it, and further if it went on", async () => {
    await choose("4p", { messageId: "2p", leafId: "3a" });
    expect(await leaf()).toBe("4a");
    await choose("2p");
    expect(await leaf()).toBe("3a");
    await turn(6, "3a");
    await choose("4p");
    await choose("2p");
    expect(await leaf()).toBe("6a");
  });

  test("is kept by a turn that leaves another", async () => {
    await turn(6, "1a", { messageId: "2p", leafId: "3a" });
    expect(await leaf()).toBe("6a");
    expect(await db.branches.leafBelow(me, "2p")).toBe("3a");
  });

  test("forgets a place that is gone or was never here", async () => {
    await choose("4p", { messageId: "2p", leafId: "3a" });
    await db.branches.remove(me, "c", ["3p", "3a"], "2a");
    expect(await db.branches.leafBelow(me, "2p")).toBe("5a");
    await choose("2p", { messageId: "4p", leafId: "nowhere" });
    expect(await db.branches.leafBelow(me, "4p")).toBe("4a");
  });
});

describe("what goes with a message", () => {
  beforeEach(tree);

  test("is all below it, on every branch, parents first", async () => {
    expect(await db.branches.withFollowing(me, "2a")).toEqual(
      ["2a", "3p", "3a", "5p", "5a"].sort(),
    );
    expect(await db.branches.withFollowing(me, "4a")).toEqual(["4a"]);
  });

  test("and the branch that ended there ends where it is told", async () => {
    await db.branches.remove(me, "c", await db.branches.withFollowing(me, "2a"), "2p");
    expect(await leaf()).toBe("2p");
    expect(ids(await db.branches.whole(me, "4a"))).toBe("1p 1a 4p 4a");
    expect(await db.messages.find(me, "3p")).toBeUndefined();
  });

  test("leaves the branch alone that one looks at elsewhere", async () => {
    await db.branches.remove(me, "c", await db.branches.withFollowing(me, "4p"), "1a");
    expect(await leaf()).toBe("5a");
  });
});

test("a branch of ten thousand messages is walked and deleted", async () => {
  // Turn by turn it would take longer than all that is tested here.
  const { id, ids } = addLongConversation(folder, 10_000);
  const [first = "", last = ""] = [ids[0], ids.at(-1)];
  expect(await db.branches.leafBelow(me, first)).toBe(last);
  expect((await db.branches.whole(me, last)).map((message) => message.id)).toEqual(ids);
  await db.branches.remove(me, id, ids, null);
  expect((await db.conversations.find(me, id))?.leafId).toBeNull();
  expect(await db.messages.find(me, first)).toBeUndefined();
});
