import { Database } from "bun:sqlite";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PROMPT_BYTES, REQUEST_BYTES, TITLE_CHARACTERS } from "../../app/limits";
import { found, textsOf } from "../support/page";
import { startParley, type TestParley } from "../support/parley";
import { conversation, imported, json, own, report, send } from "../support/transfer";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

describe("what cannot be taken", () => {
  test.each([
    ["nothing", "", "No file was chosen, or it is empty."],
    ["text", "Dear diary", "neither JSON nor a zip archive"],
    ["a picture", "\x89PNG\r\n\x1a\n", "neither JSON nor a zip archive"],
  ])("%s is refused beside the form", async (_, bytes, sentence) => {
    const response = await send(parley, "diary.txt", bytes);
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain(sentence);
    expect(html).toContain('name="file"');
  });

  const cut = JSON.stringify([own(), own({ id: "other" })]).slice(0, -40);
  const bomb = () =>
    zipSync({ "conversations.json": new Uint8Array(16 * 1024 * 1024).fill(0x20) }, { level: 9 });
  test.each<[string, () => string | Buffer, string]>([
    ["a file that ends in the middle", () => cut, "ends in the middle"],
    ["JSON that holds no objects", () => "[1, 2]", "not a list of conversations"],
    ["a list that is none", () => "[{} {}]", "not a list of conversations"],
    ["an empty list", () => "[]", "There is no conversation in the file."],
    [
      "conversations of nobody",
      () => '[{"a": 1}, {"b": 2}]',
      "Nothing in the file is a conversation",
    ],
    ["deep nesting", () => `[${'{"a":['.repeat(100_000)}`, "nested deeper"],
    ["a zip bomb", () => Buffer.from(bomb()), "unpacks to far more"],
    [
      "a zip of something else",
      () => Buffer.from(zipSync({ "a.txt": strToU8("a") })),
      "no file of conversations",
    ],
    [
      "half a zip",
      () =>
        Buffer.from(zipSync({ "conversations.json": strToU8(JSON.stringify([own()])) })).subarray(
          0,
          100,
        ),
      "no end",
    ],
    ["a zip with a changed byte", damagedZip, "damaged"],
  ])("%s is told, and nothing of it is here", async (_, bytes, sentence) => {
    const html = await imported(parley, "export", bytes());
    expect(html).toContain('data-state="failed"');
    expect(html).toContain(sentence);
    expect(rows("select count(*) as n from conversations")).toEqual([{ n: 0 }]);
  });

  test("a byte too much is refused with a page before it is sent", async () => {
    const { hostname, port, host } = new URL(parley.url);
    let answer = "";
    const { promise, resolve } = Promise.withResolvers<void>();
    const socket = await Bun.connect({
      hostname,
      port: Number(port),
      socket: {
        data(_, bytes) {
          answer += bytes.toString();
          if (answer.includes("</html>")) resolve();
        },
        close: () => resolve(),
      },
    });
    const length = REQUEST_BYTES + 1;
    const own = `Host: ${host}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: ${length}`;
    socket.write(`POST /imports HTTP/1.1\r\n${own}\r\n\r\n`);
    await promise;
    socket.end();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain("larger than 64 MiB");
  });

  test.each([
    [REQUEST_BYTES, 400, "not a form that can be read"],
    [REQUEST_BYTES + 1, 413, "larger than 64 MiB"],
  ])("a body without a length, of %i bytes", async (bytes, status, sentence) => {
    let left = bytes;
    const body = new ReadableStream({
      pull(controller) {
        const chunk = new Uint8Array(Math.min(left, 1024 * 1024)).fill(0x20);
        left -= chunk.length;
        if (chunk.length === 0) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const headers = { "Content-Type": "multipart/form-data; boundary=x" };
    const response = await parley.fetch("/imports", {
      method: "POST",
      body,
      headers,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(sentence);
  });

  test("single conversations are left out with their reasons, the others come in whole", async () => {
    const long = own({
      id: "l",
      title: "Long",
      messages: [{ id: "a", role: "user", content: "x".repeat(PROMPT_BYTES + 1) }],
    });
    const list = [
      own({ version: 2, id: "n" }),
      own({ messages: [] }),
      long,
      { shape: "none" },
      own({
        id: "fine",
        title: "Fine",
        messages: [{ id: "a", role: "user", content: "x".repeat(PROMPT_BYTES) }],
      }),
    ];
    const html = await imported(parley, "list.json", JSON.stringify(list));
    expect(html).toContain("1 conversation</strong> added, 4 left out");
    for (const reason of [
      "written by a newer Parley",
      "no message in it",
      "longer than 1 MiB",
      "no conversation of Parley",
    ]) {
      expect(html).toContain(reason);
    }
    expect(rows("select title from conversations")).toEqual([{ title: "Fine" }]);
  });

  test("hostile values end as text like any other", async () => {
    const content = "a\u0000b \ud800 <script>alert(1)</script>";
    const messages = [
      { id: "__proto__", role: "user", content },
      {
        id: "b",
        parent: "__proto__",
        role: "assistant",
        content: "Loop",
        leaf: "b",
        chosen: "zzz",
      },
      { id: "c", parent: "d", role: "user", content: "circle" },
      { id: "d", parent: "c", role: "user", content: "circle" },
      { id: "b", parent: null, role: "user", content: "doubled" },
      { id: "e", parent: "gone", role: "user", content: "A second root" },
      { id: "f", parent: "e", role: "wizard", content: "?" },
    ];
    const title = `\u0007${"T".repeat(10_000)}`;
    const text = JSON.stringify(
      own({ title, messages, updatedAt: "+275760-01-01T00:00:00Z", leaf: "b" }),
    );
    const html = await imported(
      parley,
      "hostile.json",
      text.replace('"format"', '"__proto__":{"x":1},"format"'),
    );
    expect(html).toContain("Taken without 4 messages that could not be read.");
    const file = await json(parley, await conversation(parley, "T".repeat(TITLE_CHARACTERS)));
    expect(file.messages.map((message) => message.content)).toEqual([
      "a\ufffdb \ufffd <script>alert(1)</script>",
      "Loop",
      "A second root",
    ]);
    const page = await parley.page(await conversation(parley, "T".repeat(TITLE_CHARACTERS)));
    expect(page).toContain("&lt;script&gt;alert(1)");
  });

  test("a second import waits until the first has ended", async () => {
    const many = JSON.stringify(
      Array.from({ length: 400 }, (_, n) => own({ id: `${n}`, title: `No. ${n}` })),
    );
    const [first, second] = [
      await send(parley, "many.json", many),
      await send(parley, "one.json", JSON.stringify(own())),
    ];
    expect(first.status).toBe(303);
    expect(second.status).toBe(409);
    expect(await second.text()).toContain("Another import is still going on.");
    expect(await report(parley, first.headers.get("location") ?? "")).toContain(
      "400 conversations</strong> added",
    );
  });

  test("an import that was interrupted says that it can be done again", async () => {
    const many = JSON.stringify(
      Array.from({ length: 10_000 }, (_, n) => own({ id: `${n}`, title: `No. ${n}` })),
    );
    const path = (await send(parley, "many.json", many)).headers.get("location") ?? "";
    await vi.waitFor(async () => expect(await parley.page(path)).toMatch(/value="[1-9]/), {
      timeout: 10_000,
      interval: 20,
    });
    await parley.restart();
    const html = await report(parley, path);
    expect(html).toContain('data-state="interrupted"');
    expect(html).toContain("Send the file again");
    const [{ n: shown } = { n: 0 }] = rows(
      "select count(*) as n from conversations where deleted_at is null",
    );
    const added = Number(
      found(textsOf(html, "strong").join("\n"), /^([\d,]+) conversations$/m).replaceAll(",", ""),
    );
    expect(shown).toBe(added);
  });
});

function rows(query: string): { [column: string]: unknown }[] {
  const db = new Database(join(parley.folder, "parley.db"), { readonly: true });
  try {
    return db.query(query).all() as { [column: string]: unknown }[];
  } finally {
    db.close();
  }
}

function damagedZip(): Buffer {
  const zip = Buffer.from(
    zipSync({ "conversations.json": strToU8(JSON.stringify([own()])) }, { level: 0 }),
  );
  const at = zip.indexOf("Question");
  zip[at] = 0x51 ^ 1;
  return zip;
}

test("an import that nobody knows is a 404", async () => {
  expect((await parley.fetch("/imports/nothing")).status).toBe(404);
});
