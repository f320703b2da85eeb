import { Database } from "bun:sqlite";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TITLE_CHARACTERS } from "../../app/limits";
import { attributeIn, element, fieldValue, markupOf, readUntil } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

const NOBODY = "/conversations/01990000-0000-7000-8000-000000000000";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

/** A conversation whose answer has ended. */
async function converse(prompt: string): Promise<string> {
  const path = await parley.start(prompt);
  await parley.page(path);
  return path;
}

const from = (path: string) => ({ Referer: new URL(path, parley.url).href });
const list = (query = "") => parley.page(`/conversations${query}`);
/** The main part alone: the sidebar beside it lists conversations as well. */
const main = async (query = "") => markupOf(await list(query), "main").replaceAll("<!-- -->", "");

/** What the database file says. */
function count(sql: string, ...values: string[]): number {
  const db = new Database(join(parley.folder, "parley.db"), { readonly: true });
  try {
    return (db.query(sql).get(...values) as { n: number }).n;
  } finally {
    db.close();
  }
}

/** Changes the database file beside the server. */
function change(sql: string, ...values: (string | number)[]): void {
  const db = new Database(join(parley.folder, "parley.db"));
  try {
    db.run("pragma busy_timeout = 5000");
    db.run(sql, values);
  } finally {
    db.close();
  }
}

describe("the list", () => {
  test("has pinned ones first, in the sidebar too, and lets go of them again", async () => {
    const pinned = await converse("Older talk");
    await converse("Newer talk");
    const response = await parley.post(`${pinned}/pin`, {}, from("/conversations"));
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/conversations");
    const html = await list();
    expect(markupOf(html, "nav")).toMatch(/Pinned.*Older talk.*Today.*Newer talk/s);
    expect(await main()).toMatch(/Pinned.*Older talk.*Today.*Newer talk/s);
    await parley.post(`${pinned}/unpin`, {});
    expect(await main()).toMatch(/Newer talk.*Older talk/s);
    expect(await main()).not.toContain("Pinned");
  });

  test("shows archived ones on a page of their own", async () => {
    const path = await converse("Put away");
    expect(await main("?show=archived")).toContain("Nothing is archived.");
    await parley.post(`${path}/archive`, {});
    expect(await list()).not.toContain("Put away");
    expect(await main("?show=archived")).toContain("Put away");
    await parley.post(`${path}/unarchive`, {});
    expect(await main()).toContain("Put away");
  });

  test("says which model wrote last, and what state its answer is in", async () => {
    parley.ollama.next({ chunks: ["Half"], end: { error: "unexpected EOF" } });
    await converse("That failed");
    parley.ollama.next({ chunks: ["Words ", "never"], holdAfter: 1 });
    await parley.start("That is written", "qwen3:8b");
    await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
    const rows = await main();
    expect(rows).toMatch(/An answer is being written: .*That is written.*qwen3:8b/s);
    expect(rows).toMatch(/The answer failed: .*That failed.*gemma3:4b/s);
  });

  test("goes on behind the last one of a page, archived or not", async () => {
    await converse("The first of many");
    for (const archived of [0, 1]) {
      change(
        `with recursive n(i) as (select 1 union all select i + 1 from n where i < 101)
         insert into conversations (id, owner_id, title, archived, created_at, updated_at)
         select printf('01990000-0000-7000-8000-%02d%010d', ?1, i), 'local',
           printf('Row %03d of %d', i, ?1), ?1, i, i from n`,
        archived,
      );
    }
    for (const [query, kind] of [
      ["", 0],
      ["?show=archived", 1],
    ] as const) {
      const first = await main(query);
      expect(first).toContain(`Row 101 of ${kind}`);
      expect(first).not.toContain(`Row 001 of ${kind}`);
      const older = element(first, "a.older").getAttribute("href") ?? "";
      expect(markupOf(await parley.page(older), "main")).toContain("Row 001");
    }
  });
});

describe("a title", () => {
  test("given by hand stays, on one line", async () => {
    const path = await converse("How often is high tide?");
    const form = await parley.page(`${path}/rename`, from("/conversations?show=archived"));
    expect(form).toContain('value="How often is high tide?"');
    const back = fieldValue(form, "back");
    expect(back).toBe("/conversations?show=archived");
    const response = await parley.post(`${path}/rename`, { title: " The\r\ntides ", back });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(back);
    expect(await parley.page(path)).toContain("<title>The tides · Parley</title>");
    expect(count("select count(*) n from conversations where titled_by = 'person'")).toBe(1);
  });

  test("that is empty or too long comes back with the reason", async () => {
    const path = await converse("Hi");
    for (const [title, reason] of [
      [" ", "The title is empty."],
      ["a".repeat(TITLE_CHARACTERS + 1), `${TITLE_CHARACTERS} is the most`],
    ] as const) {
      const response = await parley.post(`${path}/rename`, { title });
      expect(response.status).toBe(422);
      const html = await response.text();
      expect(html).toContain(reason);
      expect(html).toContain(`value="${title}"`);
    }
    expect(await parley.page(path)).toContain("<title>Hi · Parley</title>");
  });

  test("leads back to our own pages only", async () => {
    const path = await converse("Hi");
    const response = await parley.post(`${path}/rename`, {
      title: "Ho",
      back: "https://example.org/",
    });
    expect(response.headers.get("location")).toBe("/");
  });
});

describe("deleting", () => {
  test("from its own page leads home, where it can be taken back", async () => {
    const path = await converse("A short life");
    const response = await parley.post(`${path}/delete`, {}, from(`${path}?at=x`));
    expect(response.status).toBe(303);
    const home = response.headers.get("location") ?? "";
    expect(home).toBe(`/?deleted=${path.split("/").at(-1)}`);
    expect((await parley.fetch(path)).status).toBe(404);
    expect((await parley.fetch(`${path}/events`)).status).toBe(404);
    const notice = markupOf(await parley.page(home), "form.deleted-notice");
    expect(notice).toContain("A short life");
    const undo = attributeIn(notice, "action");
    const undone = await parley.post(undo, {}, from(home));
    expect(undone.headers.get("location")).toBe(path);
    expect(await parley.page(path)).toContain("A short life");
    expect(await parley.page(home)).not.toContain("deleted-notice");
  });

  test("from the list leads back to the list", async () => {
    const path = await converse("A short life");
    const id = path.split("/").at(-1) ?? "";
    const response = await parley.post(`${path}/delete`, {}, from("/conversations?show=archived"));
    expect(response.headers.get("location")).toBe(`/conversations?show=archived&deleted=${id}`);
    const page = await parley.page(response.headers.get("location") ?? "");
    expect(markupOf(page, "main")).not.toContain("A short life");
    const undone = await parley.post(`${path}/restore`, {}, from(`/conversations?deleted=${id}`));
    expect(undone.headers.get("location")).toBe("/conversations");
    expect(await main()).toContain("A short life");
  });

  test("stops what is being written, and what is deleted takes no more prompts", async () => {
    parley.ollama.next({ chunks: ["Some words. ", "never"], holdAfter: 1 });
    const path = await parley.start("Tell me");
    const begun = await readUntil(await parley.fetch(path), (text) => text.includes("Some words."));
    await parley.post(`${path}/delete`, {});
    await vi.waitFor(() => expect(parley.ollama.active()).toBe(0));
    const answer = element(begun, "article.message.assistant").id.replace("m-", "");
    for (const address of [
      `${path}/messages`,
      `/messages/${answer}/regenerate`,
      `/messages/${answer}/continue`,
      `/messages/${answer}/delete`,
      `${path}/pin`,
      `${path}/rename`,
    ]) {
      const response = await parley.post(address, {
        prompt: "More",
        model: "gemma3:4b",
        title: "T",
      });
      expect(response.status, address).toBe(404);
    }
    await parley.post(`${path}/restore`, {});
    expect(await parley.page(path)).toMatch(/Some words\..*Stopped/s);
  });

  test("can be taken back for thirty seconds, then it is gone for good", async () => {
    const path = await converse("A short life");
    const id = path.split("/").at(-1) ?? "";
    change(
      `insert into files (owner_id, hash, media_type, bytes, size, created_at)
       values ('local', 'abc', 'text/plain', x'61', 1, 1)`,
    );
    change(
      `insert into attachments (id, owner_id, hash, name, kind, message_id, created_at)
       select 'file', 'local', 'abc', 'a.txt', 'text', min(id), 1 from messages`,
    );
    await parley.post(`${path}/delete`, {});
    change("update conversations set deleted_at = ? where id = ?", Date.now() - 30_001, id);
    expect((await parley.post(`${path}/restore`, {})).status).toBe(404);
    expect(await parley.page(`/?deleted=${id}`)).not.toContain("deleted-notice");
    await parley.restart();
    await vi.waitFor(() => {
      for (const table of [
        "conversations",
        "messages",
        "generations",
        "files",
        "search_documents",
      ]) {
        expect(count(`select count(*) n from ${table}`), table).toBe(0);
      }
    });
  });

  test("removes ten thousand messages in a row, and leaves the others", async () => {
    const path = await converse("A long life");
    await converse("Another");
    const id = path.split("/").at(-1) ?? "";
    // Ids that fall as the branch grows: what a clock that was set back leaves behind.
    change(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
       insert into messages (id, owner_id, conversation_id, parent_id, role, content, created_at)
       select printf('00000000-0000-7000-8000-%012d', 20000 - i), 'local', ?1,
         iif(i = 1, null, printf('00000000-0000-7000-8000-%012d', 20001 - i)), 'user', 'x', i from n`,
      id,
    );
    await parley.post(`${path}/delete`, {});
    change("update conversations set deleted_at = 1 where id = ?", id);
    await parley.restart();
    await vi.waitFor(() => expect(count("select count(*) n from conversations")).toBe(1), 10_000);
    expect(count("select count(*) n from messages")).toBe(2);
    expect(parley.log.filter(({ level }) => level === "error")).toEqual([]);
  });
});

test("a page asks for its column anew only while that changes without the page", async () => {
  const other = await converse("Moons");
  parley.ollama.next({ chunks: ["Words ", "and more"], holdAfter: 1 });
  const live = await parley.start("Tides");
  const scripted = { Cookie: "parley-script=1" };
  const asks = async (path: string) =>
    (await parley.page(path, scripted)).includes('class="auto-refresh"');
  for (const path of [other, "/", "/conversations"]) expect(await asks(path), path).toBe(true);
  // Its own events tell it when it has ended.
  expect(await asks(live)).toBe(false);
  parley.ollama.release();
  await parley.page(live);
  for (const path of [other, "/", "/conversations"]) expect(await asks(path), path).toBe(false);
});

test("the parts of pages that ask for themselves take whatever they are asked", async () => {
  await converse("Tides");
  for (const query of ["", "?current=%00&titled=1", `?current=${"x".repeat(2_000)}&titled`]) {
    const response = await parley.fetch(`/conversations/sidebar${query}`);
    expect(response.status, query).toBe(200);
    expect(await response.text(), query).not.toContain("<title>");
  }
  const id = (await converse("Moons")).split("/").at(-1);
  const titled = await parley.page(`/conversations/sidebar?current=${id}&titled=1`);
  expect(titled).toContain("<title>Moons · Parley</title>");
  expect(titled).toMatch(/aria-current="page".*Moons/s);
  expect(await parley.page("/conversations/rows?before=x&show=y")).toContain("Tides");
});

test("what nobody has cannot be changed", async () => {
  for (const verb of ["rename", "pin", "unpin", "archive", "unarchive", "delete", "restore"]) {
    const response = await parley.post(`${NOBODY}/${verb}`, { title: "Mine" });
    expect(response.status, verb).toBe(404);
    expect((await parley.post(`/conversations/%00'/${verb}`, {})).status, verb).toBe(404);
  }
  expect((await parley.fetch(`${NOBODY}/rename`)).status).toBe(404);
});
