import { Database } from "bun:sqlite";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PROMPT_BYTES, REQUEST_BYTES, TITLE_CHARACTERS } from "../../app/limits";
import { png } from "../support/files";
import { actionIn, attributeIn, found, textsOf } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

const read = (name: string) => readFileSync(join("tests/exports", name));

/** Sends a file as the form does. */
async function send(name: string, bytes: string | Uint8Array<ArrayBuffer> | Buffer) {
  const form = new FormData();
  form.set("file", new File([bytes as BlobPart], name));
  return parley.fetch("/imports", { method: "POST", body: form });
}

/** Sends a file and gives the report when the import has ended. */
async function imported(name: string, bytes: string | Uint8Array<ArrayBuffer> | Buffer) {
  const response = await send(name, bytes);
  expect(response.status, await response.clone().text()).toBe(303);
  return report(response.headers.get("location") ?? "");
}

async function report(path: string): Promise<string> {
  let html = "";
  await vi.waitFor(
    async () => {
      html = await parley.page(path);
      expect(html).not.toContain('data-state="running"');
    },
    { timeout: 15_000, interval: 50 },
  );
  return html.replaceAll("<!-- -->", "");
}

/** The address of the conversation with this title, archived ones too. */
async function conversation(title: string): Promise<string> {
  const lists =
    (await parley.page("/conversations")) + (await parley.page("/conversations?show=archived"));
  const links = lists.matchAll(
    /href="(\/conversations\/[0-9a-f-]{36})[^"]*"[^>]*>.*?<span class="entry-title"[^>]*>([^<]*)</gs,
  );
  const link = [...links].find(([, , name]) => name === title);
  if (!link?.[1]) throw new Error(`${title} is not in the list`);
  return link[1];
}

async function json(path: string): Promise<OwnFile> {
  return (await parley.fetch(`${path}.json`)).json() as Promise<OwnFile>;
}

interface OwnFile {
  format: string;
  version: number;
  id: string;
  title: string;
  leaf: string;
  messages: {
    id: string;
    parent?: string;
    role: string;
    content: string;
    [key: string]: unknown;
  }[];
  [key: string]: unknown;
}

const own = (changes: object = {}) => ({
  format: "parley-conversation",
  version: 1,
  id: "0199aaaa-0000-7000-8000-000000000001",
  title: "Kept",
  titledBy: "person",
  createdAt: "2026-01-02T03:04:05.678Z",
  updatedAt: "2026-01-02T03:04:06.000Z",
  leaf: "b",
  messages: [
    { id: "a", role: "user", content: "Question?", createdAt: "2026-01-02T03:04:05.678Z" },
    {
      id: "b",
      parent: "a",
      role: "assistant",
      content: "Answer.",
      model: "m",
      createdAt: "2026-01-02T03:04:06.000Z",
    },
  ],
  ...changes,
});

describe("a conversation as a file", () => {
  test("Markdown is the branch that is looked at, under a name made from the title", async () => {
    parley.ollama.next({ chunks: ["Twice ", "a day."] });
    const path = await parley.start('Flut & "Ebbe": wann?');
    await parley.page(path);
    const response = await parley.fetch(`${path}.md`);
    expect(response.headers.get("content-type")).toContain("text/markdown");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="Flut & Ebbe wann.md"',
    );
    expect(await response.text()).toMatch(
      /^# Flut & "Ebbe": wann\?\n\n\d{4}-\d\d-\d\d\n\n## You\n\nFlut & "Ebbe": wann\?\n\n## gemma3:4b\n\nTwice a day\.\n$/,
    );
  });

  test("JSON has every branch and how each answer came to be", async () => {
    parley.ollama.next({ chunks: ["Heads."] });
    const path = await parley.start("Flip a coin");
    parley.ollama.next({ chunks: ["Tails."] });
    await parley.post(actionIn(await parley.page(path), "regenerate"), {});
    await parley.page(path);
    const file = await json(path);
    expect(file).toMatchObject({ format: "parley-conversation", version: 1, title: "Flip a coin" });
    expect(file.messages.map(({ content }) => content)).toEqual([
      "Flip a coin",
      "Heads.",
      "Tails.",
    ]);
    expect(file.leaf).toBe(file.messages[2]?.id);
    expect(file.messages[2]?.generations).toMatchObject([
      { state: "finished", model: "gemma3:4b" },
    ]);
  });

  test.each(["md", "json"])("that nobody knows is a 404 (%s)", async (ending) => {
    for (const id of ["01990000-0000-7000-8000-000000000000", "%00", "../x", "'"]) {
      expect((await parley.fetch(`/conversations/${id}.${ending}`)).status).toBe(404);
    }
  });
});

describe("everything as one archive", () => {
  test("opens elsewhere, and holds what is archived but not what is deleted", async () => {
    const [kept, archived, deleted] = [
      await parley.start("Kept"),
      await parley.start("Put away"),
      await parley.start("Gone"),
    ];
    for (const path of [kept, archived, deleted]) await parley.page(path);
    await parley.post(`${archived}/archive`, {});
    await parley.post(`${deleted}/delete`, {});
    const response = await parley.fetch("/export.zip");
    expect(response.headers.get("content-disposition")).toMatch(
      /attachment; filename=parley-[\d-]+\.zip/,
    );
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const titles = Object.entries(files)
      .filter(([name]) => name.startsWith("conversations/"))
      .map(([, bytes]) => (JSON.parse(strFromU8(bytes)) as OwnFile).title);
    expect(titles).toEqual(["Kept", "Put away"]);
    expect(
      Object.keys(files).filter((name) => /^markdown\/[\d-]+ Kept \w+\.md$/.test(name)),
    ).toHaveLength(1);
    expect(JSON.parse(strFromU8(files["parley.json"] as Uint8Array))).toMatchObject({
      format: "parley-archive",
      version: 1,
      conversations: 2,
    });
  });

  test("comes into an empty Parley as it went out, and not twice", async () => {
    parley.ollama.next({ chunks: ["Heads."] });
    const path = await parley.start("Flip a coin");
    parley.ollama.next({ chunks: ["Tails."], thinking: ["Hm."] });
    await parley.post(actionIn(await parley.page(path), "regenerate"), {
      model: "qwen3:8b",
    });
    await parley.page(path);
    await parley.post(`${path}/pin`, {});
    const out = Buffer.from(await (await parley.fetch("/export.zip")).arrayBuffer());
    expect(await imported("parley.zip", out)).toMatch(
      /0 conversations<\/strong> added, 1 left out/,
    );
    const before = await json(path);

    await parley[Symbol.asyncDispose]();
    parley = await startParley();
    expect(await imported("parley.zip", out)).toContain("<strong>1 conversation</strong> added");
    expect(await imported("parley.zip", out)).toContain("It is here already.");
    const after = await json(await conversation("Flip a coin"));
    expect(comparable(after)).toEqual(comparable(before));
    expect(after.importedFrom).toBe(`parley:${before.id}`);
    // From there it comes back to where it was, and is known.
    const back = Buffer.from(await (await parley.fetch("/export.zip")).arrayBuffer());
    expect(await imported("parley.zip", back)).toContain("It is here already.");
  });
});

test("files go along, in the archive and in a conversation's own file, and come in as they were", async () => {
  const form = new FormData();
  form.set("prompt", "What is this?");
  form.set("model", "gemma3:4b");
  form.append("files", new File([new Uint8Array(png(40, 30))], "tide.png"));
  form.append("files", new File(["high,low\n1,2\n"], "tides.csv"));
  const response = await parley.fetch("/conversations", { method: "POST", body: form });
  const path = response.headers.get("location") ?? "";
  await parley.page(path);
  const before = await json(path);
  const text = JSON.stringify(before);
  const out = Buffer.from(await (await parley.fetch("/export.zip")).arrayBuffer());
  for (const [name, bytes] of [
    ["parley.zip", out],
    ["one.json", text],
  ] as const) {
    await parley[Symbol.asyncDispose]();
    parley = await startParley();
    const html = await imported(name, bytes);
    expect(html).toContain("1 conversation</strong> added.");
    const there = await conversation("What is this?");
    expect(comparable(await json(there))).toEqual(comparable(before));
    const page = await parley.page(there);
    expect(page).toContain("tide.png");
    expect((await parley.fetch(attributeIn(page, "href", /^\/files\/[0-9a-f]{64}$/))).status).toBe(
      200,
    );
  }
  // A conversation's file whose bytes are not what they are said to be.
  await parley[Symbol.asyncDispose]();
  parley = await startParley();
  const lie = text.replace(/"bytes":"[^"]{8}/g, '"bytes":"AAAAAAAA');
  expect(await imported("one.json", lie)).toContain("Taken without 2 files.");
});

/** A file without what differs in another place: ids become places. */
function comparable({ importedFrom: _, ...file }: OwnFile): unknown {
  const places = new Map(file.messages.map(({ id }, index) => [id, `#${index}`]));
  const text = JSON.stringify({ ...file, id: "" });
  return JSON.parse(
    text.replace(/"([0-9a-f-]{36})"/g, (whole, id) =>
      places.has(id) ? `"${places.get(id)}"` : whole,
    ),
  );
}

describe("what comes from elsewhere", () => {
  test("ChatGPT's export: branches, models, times, thinking and code; what is missing is told", async () => {
    const html = await imported("conversations.json", read("chatgpt.json"));
    expect(html).toMatch(/1 conversation<\/strong> added, 1 left out/);
    expect(html).toContain("Taken without 1 picture.");
    expect(html).toContain("There is no message in it.");
    const path = await conversation("Tides in Brest");
    const page = await parley.page(path);
    expect(page).toContain("<strong>six</strong>");
    expect(page).not.toContain("Interrupted");
    expect(page).toMatch(/2\s*(<!-- -->)?\s*\/\s*(<!-- -->)?\s*2/);
    const file = await json(path);
    expect(file).toMatchObject({
      pinned: true,
      importedFrom: "chatgpt:11111111-aaaa-4aaa-8aaa-000000000001",
      createdAt: "2024-06-01T10:00:00.250Z",
      updatedAt: "2024-06-01T11:00:00.500Z",
    });
    expect(file.messages.map(({ role, content, model }) => [role, content, model])).toEqual([
      ["user", "When is high water on this chart?", undefined],
      ["assistant", "At noon, I think.", "gpt-4o"],
      ["assistant", "```python\nprint(6 + 12)\n```", "o3"],
      ["tool", "18", undefined],
      ["assistant", "At **six** in the morning and in the evening.", "o3"],
    ]);
    expect(file.messages[2]?.thinking).toBe("Reading\nThe chart shows two peaks.");
    expect(
      file.messages.map(({ parent }) => file.messages.findIndex(({ id }) => id === parent)),
    ).toEqual([-1, 0, 0, 2, 3]);
    expect(await imported("conversations.json", read("chatgpt.json"))).toContain(
      "It is here already.",
    );
  });

  test("ChatGPT's archive, in one part or in several", async () => {
    const [one = {}] = JSON.parse(read("chatgpt.json").toString()) as object[];
    const archive = zipSync({
      "user.json": strToU8('{"id": "someone"}'),
      "conversations-000.json": strToU8(JSON.stringify([one])),
      "conversations-001.json": strToU8(
        JSON.stringify([{ ...one, conversation_id: "other", title: "Second part" }]),
      ),
      "chat.html": strToU8("<p>"),
    });
    expect(await imported("export.zip", Buffer.from(archive))).toContain(
      "2 conversations</strong> added",
    );
  });

  test("Open WebUI's export: branches, reasoning, the system prompt and its options", async () => {
    const html = await imported("chats.json", read("open-webui.json"));
    expect(html).toContain("1 conversation</strong> added");
    expect(html).toContain("Taken without 1 file.");
    const file = await json(await conversation("Knots"));
    expect(file).toMatchObject({
      archived: true,
      steering: { system: "Answer in one line.", temperature: 0.2 },
      createdAt: "2024-06-02T03:46:40.000Z",
    });
    expect(file.messages.map(({ content, model, thinking }) => [content, model, thinking])).toEqual(
      [
        ["Which knot holds a sail?", undefined, undefined],
        ["A bowline.", "llama3.1:8b", undefined],
        ["A reef knot.", "qwen3:8b", "It must not slip.\nSo a loop."],
        ["Thanks!", undefined, undefined],
      ],
    );
    expect(await imported("chats.json", read("open-webui.json"))).toContain("It is here already.");
  });

  test("an imported conversation takes new prompts", async () => {
    await imported("one.json", JSON.stringify(own()));
    const path = await conversation("Kept");
    const action = actionIn(await parley.page(path), "messages", "any query");
    parley.ollama.next({ chunks: ["More."] });
    await parley.post(action, { prompt: "And?", model: "gemma3:4b" });
    expect(await parley.page(path)).toContain("More.");
    expect(parley.ollama.chats().at(-1)?.body).toMatchObject({
      messages: [{ content: "Question?" }, { content: "Answer." }, { content: "And?" }],
    });
  });

  test("what was deleted can come in again", async () => {
    await imported("one.json", JSON.stringify(own()));
    await parley.post(`${await conversation("Kept")}/delete`, {});
    expect(await imported("one.json", JSON.stringify(own()))).toContain(
      "1 conversation</strong> added",
    );
  });
});

describe("what cannot be taken", () => {
  test.each([
    ["nothing", "", "No file was chosen, or it is empty."],
    ["text", "Dear diary", "neither JSON nor a zip archive"],
    ["a picture", "\x89PNG\r\n\x1a\n", "neither JSON nor a zip archive"],
  ])("%s is refused beside the form", async (_, bytes, sentence) => {
    const response = await send("diary.txt", bytes);
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
    const html = await imported("export", bytes());
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
    const html = await imported("list.json", JSON.stringify(list));
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
      "hostile.json",
      text.replace('"format"', '"__proto__":{"x":1},"format"'),
    );
    expect(html).toContain("Taken without 4 messages that could not be read.");
    const file = await json(await conversation("T".repeat(TITLE_CHARACTERS)));
    expect(file.messages.map((message) => message.content)).toEqual([
      "a\ufffdb \ufffd <script>alert(1)</script>",
      "Loop",
      "A second root",
    ]);
    const page = await parley.page(await conversation("T".repeat(TITLE_CHARACTERS)));
    expect(page).toContain("&lt;script&gt;alert(1)");
  });

  test("a second import waits until the first has ended", async () => {
    const many = JSON.stringify(
      Array.from({ length: 400 }, (_, n) => own({ id: `${n}`, title: `No. ${n}` })),
    );
    const [first, second] = [
      await send("many.json", many),
      await send("one.json", JSON.stringify(own())),
    ];
    expect(first.status).toBe(303);
    expect(second.status).toBe(409);
    expect(await second.text()).toContain("Another import is still going on.");
    expect(await report(first.headers.get("location") ?? "")).toContain(
      "400 conversations</strong> added",
    );
  });

  test("an import that was interrupted says that it can be done again", async () => {
    const many = JSON.stringify(
      Array.from({ length: 10_000 }, (_, n) => own({ id: `${n}`, title: `No. ${n}` })),
    );
    const path = (await send("many.json", many)).headers.get("location") ?? "";
    await vi.waitFor(async () => expect(await parley.page(path)).toMatch(/value="[1-9]/), {
      timeout: 10_000,
      interval: 20,
    });
    await parley.restart();
    const html = await report(path);
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
