import { Database } from "bun:sqlite";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FILE_BYTES, PROMPT_FILES } from "../../app/limits";
import { pdf, png } from "../support/files";
import { actionIn, attributeIn, dom, markupOf } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

interface Sent {
  prompt?: string;
  model?: string;
  files?: File[];
  kept?: string[];
}

/** Sends a prompt with files as a form does. */
async function send(sent: Sent, path = "/conversations"): Promise<Response> {
  const body = new FormData();
  body.set("prompt", sent.prompt ?? "What is this?");
  body.set("model", sent.model ?? "gemma3:4b");
  for (const file of sent.files ?? []) body.append("files", file);
  for (const id of sent.kept ?? []) body.append("kept", id);
  return parley.fetch(path, { method: "POST", body });
}

/** Sends it, expects that it is taken, and gives the page and its path once the answer is there. */
async function ask(sent: Sent): Promise<{ path: string; html: string }> {
  const response = await send(sent);
  expect(response.status, await response.clone().text()).toBe(303);
  const path = response.headers.get("location") ?? "";
  return { path, html: await parley.page(path) };
}

/** Sends it, expects that it comes back, and gives the page without its marks. */
async function refused(sent: Sent): Promise<string> {
  const response = await send(sent);
  expect(response.status).toBe(422);
  expect(parley.ollama.chats()).toEqual([]);
  return (await response.text()).replaceAll("<!-- -->", "");
}

const file = (content: string | Uint8Array<ArrayBuffer>, name: string) => new File([content], name);
const picture = (name = "tide.png", width = 40, height = 30) =>
  file(new Uint8Array(png(width, height)), name);

/** The messages of the last request to Ollama. */
function lastAsked(): { role: string; content: string; images?: string[] }[] {
  return (parley.ollama.chats().at(-1)?.body as { messages: [] } | undefined)?.messages ?? [];
}

const fileIn = (html: string) => attributeIn(html, "href", /^\/files\/[0-9a-f]{64}$/);
const keptIn = (html: string) =>
  dom(html)
    .querySelectorAll('[name="kept"]')
    .map((field) => field.getAttribute("value") ?? "");

/** How many rows there are, looked at from outside. */
function rows(table: "files" | "attachments"): number {
  const db = new Database(join(parley.folder, "parley.db"), { readonly: true });
  const { count } = db.query(`select count(*) as count from ${table}`).get() as { count: number };
  db.close();
  return count;
}

describe("a picture", () => {
  test("goes to the model and stands in the turn", async () => {
    const { html } = await ask({ files: [picture()] });
    const [turn] = lastAsked();
    expect(turn?.content).toBe("What is this?");
    const sent = Buffer.from(turn?.images?.[0] ?? "", "base64");
    expect(await new Bun.Image(sent).metadata()).toEqual({ width: 40, height: 30, format: "png" });
    expect(html).toContain('alt="tide.png, ');
    const path = fileIn(html);
    const full = await parley.fetch(path);
    expect(Buffer.from(await full.arrayBuffer()).equals(sent)).toBe(true);
    expect(Object.fromEntries(full.headers)).toMatchObject({
      "content-type": "image/png",
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "private, max-age=31536000, immutable",
      "content-disposition": "attachment; filename=tide.png",
    });
    const small = await parley.fetch(`${path}/thumbnail`);
    expect(small.headers.get("content-type")).toBe("image/webp");
    expect(small.headers.get("content-disposition")).toBe("inline");
  });

  test("is made smaller where it is huge, and its thumbnail smaller still", async () => {
    const { html } = await ask({ files: [picture("wide.png", 4_000, 1_000)] });
    const sent = Buffer.from(lastAsked()[0]?.images?.[0] ?? "", "base64");
    expect(await new Bun.Image(sent).metadata()).toMatchObject({ width: 2_048, height: 512 });
    const small = await (await parley.fetch(`${fileIn(html)}/thumbnail`)).bytes();
    expect(await new Bun.Image(small).metadata()).toMatchObject({ width: 320, height: 80 });
  });

  test("goes again with each later prompt of its branch", async () => {
    const { path, html } = await ask({ files: [picture()] });
    const messages = actionIn(html, "messages", "a query");
    expect((await send({ prompt: "And now?" }, messages)).status).toBe(303);
    await parley.page(path);
    expect(lastAsked().map(({ images }) => images?.length)).toEqual([1, undefined, undefined]);
  });

  test("may be all that a prompt is, and names the conversation then", async () => {
    const { html } = await ask({ prompt: "", files: [picture("high tide.png")] });
    expect(html).toContain("<title>high tide.png · Parley</title>");
    expect(lastAsked()).toMatchObject([{ role: "user", content: "" }]);
  });

  test("is not sent to a model that cannot see, and waits for one that can", async () => {
    const html = await refused({ model: "qwen3:8b", files: [picture()], prompt: "Look" });
    expect(html).toContain("qwen3:8b cannot see pictures.");
    expect(html).toMatch(/Choose a model that sees: [^<]*gemma3:4b/);
    expect(html).toMatch(/<textarea[^>]*>Look<\/textarea>/);
    await ask({ kept: keptIn(html) });
    expect(lastAsked()[0]?.images).toHaveLength(1);
  });

  test("is not asked in other words of a model that cannot see, and the words stay", async () => {
    const { html } = await ask({ files: [picture()] });
    const edit = attributeIn(html, "href", /^.*\/edit$/);
    const response = await parley.post(edit, { model: "qwen3:8b", prompt: "Look closer" });
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain("qwen3:8b cannot see pictures.");
    expect(page).toMatch(/<textarea[^>]*>Look closer<\/textarea>/);
    expect(parley.ollama.chats()).toHaveLength(1);
  });

  test("in a conversation is a clear end for a model that cannot see", async () => {
    const { path, html } = await ask({ files: [picture()] });
    const again = actionIn(html, "regenerate");
    await parley.post(again, { model: "qwen3:8b" });
    expect(await parley.page(path)).toContain(
      "qwen3:8b cannot see the pictures of this conversation.",
    );
    expect(parley.ollama.chats()).toHaveLength(1);
  });
});

describe("a text", () => {
  test("is pasted in front of the prompt, which stays as it was written", async () => {
    const { html } = await ask({ files: [file("a,b\r\n1,2\r\n", "sums.csv")] });
    expect(lastAsked()[0]?.content).toBe("File: sums.csv\n```csv\na,b\n1,2\n```\n\nWhat is this?");
    expect(html).toMatch(/class="turn-text [^>]*>What is this\?</);
    expect(html.replaceAll("<!-- -->", "")).toContain("CSV, 10 bytes");
  });

  test("is given back as it came", async () => {
    const { html } = await ask({ files: [file("a,b\r\n1,2\r\n", "sums.csv")] });
    expect(await parley.page(fileIn(html))).toBe("a,b\r\n1,2\r\n");
  });

  test("has a name that cannot break out of a header", async () => {
    const name = '../../etc/"x"\r\nSet-Cookie: a=b\u202etxt.csv';
    const { html } = await ask({ files: [file("1", name)] });
    const { headers } = await parley.fetch(fileIn(html));
    expect(headers.get("set-cookie")).toBeNull();
    expect(headers.get("content-disposition")).toBe(
      `attachment; filename="x Set-Cookie: a=btxt.csv"; filename*=UTF-8''%22x%22%20Set-Cookie%3A%20a%3Dbtxt.csv`,
    );
    expect(lastAsked()[0]?.content).toContain('File: "x" Set-Cookie: a=btxt.csv\n');
  });
});

describe("a PDF", () => {
  test("is read page by page, and its scripts are nothing but bytes", async () => {
    const script = "/OpenAction << /S /JavaScript /JS (while\\(true\\) {}) >>";
    await ask({ files: [file(new Uint8Array(pdf(["High water", "Low water"], script)), "t.pdf")] });
    expect(lastAsked()[0]?.content).toBe(
      "File: t.pdf\n```\n[Page 1]\nHigh water\n\n[Page 2]\nLow water\n```\n\nWhat is this?",
    );
  });

  test("that is cut off, or has no text, says so", async () => {
    const html = await refused({
      files: [
        file(new Uint8Array(pdf(["Tides"]).subarray(0, 60)), "cut.pdf"),
        file(new Uint8Array(pdf([""])), "scan.pdf"),
      ],
    });
    expect(html).toContain("2 files were not taken, so nothing was sent.");
    expect(html).toContain("cut.pdf cannot be read as a PDF.");
    expect(html).toContain("scan.pdf has no text: its pages are pictures.");
  });
});

describe("a file that is not taken", () => {
  test("is named with its reason, and the good ones wait beside the text", async () => {
    const html = await refused({
      prompt: "Compare",
      files: [
        picture(),
        file("GIF89a\0\0", "dance.gif"),
        file("notes", "notes.txt"),
        file("no picture", "photo.png"),
        file(new Uint8Array(png(1, 1, { width: 50_000, height: 50_000 })), "bomb.png"),
        file(new Uint8Array(png(90, 90).subarray(0, 70)), "cut.png"),
        file("", "empty.txt"),
      ],
    });
    for (const reason of [
      "dance.gif is a GIF picture. Save it as PNG or JPEG, then choose that.",
      "photo.png is not a picture, though its name says so.",
      "bomb.png has more than 64 million pixels.",
      "cut.png is a picture that is damaged or cut off.",
      "empty.txt is empty.",
    ]) {
      expect(html).toContain(reason);
    }
    expect(html).toMatch(/<textarea[^>]*>Compare<\/textarea>/);
    expect(keptIn(html)).toHaveLength(2);
    await ask({ prompt: "Compare", kept: keptIn(html) });
    expect(lastAsked()[0]?.content).toContain("File: notes.txt");
    expect(lastAsked()[0]?.images).toHaveLength(1);
  });

  test("is one past the limit of bytes, but not one at it", async () => {
    const html = await refused({ files: [file("x".repeat(FILE_BYTES + 1), "big.txt")] });
    expect(html).toContain("big.txt is larger than 20 MiB.");
    expect(keptIn(html)).toEqual([]);
    await ask({ files: [file("x".repeat(FILE_BYTES), "big.txt")] });
  });

  test("is one more than a prompt may have, and without it the others are taken", async () => {
    const files = Array.from({ length: PROMPT_FILES + 1 }, (_, n) => file(`${n}`, `n${n}.txt`));
    const html = await refused({ files });
    expect(html).toContain(
      `n${PROMPT_FILES}.txt is one too many: a prompt has at most ${PROMPT_FILES} files.`,
    );
    expect(keptIn(html)).toHaveLength(PROMPT_FILES);
    await ask({ files: files.slice(0, PROMPT_FILES) });
  });

  test("is one that waited and is gone", async () => {
    const html = await refused({ kept: ["01990000-0000-7000-8000-000000000000"], prompt: "Hm" });
    expect(html).toContain("A file that waited here is gone.");
    expect(html).toMatch(/<textarea[^>]*>Hm<\/textarea>/);
  });
});

test("a field where nothing was chosen is no file", async () => {
  const body = [
    ["prompt", "Hi"],
    ["model", "gemma3:4b"],
  ].map(([name, value]) => `--X\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}`);
  const empty =
    '--X\r\nContent-Disposition: form-data; name="files"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n';
  const response = await parley.fetch("/conversations", {
    method: "POST",
    body: `${[...body, empty].join("\r\n")}\r\n--X--\r\n`,
    headers: { "Content-Type": "multipart/form-data; boundary=X" },
  });
  expect(response.status).toBe(303);
  expect(rows("attachments")).toBe(0);
});

test("nothing of a prompt without text and without files is sent", async () => {
  expect(await refused({ prompt: " " })).toContain("The prompt is empty.");
});

test("the same bytes are kept once, whatever they are called", async () => {
  await ask({ files: [file("same", "a.txt"), file("same", "b.txt"), picture(), picture("b.png")] });
  expect([rows("attachments"), rows("files")]).toEqual([4, 2]);
});

test("prompts with files are found by that", async () => {
  await ask({ prompt: "Harbours of Brittany", files: [file("Brest", "a.txt")] });
  await ask({ prompt: "Harbours of Normandy" });
  const main = (html: string) => markupOf(html, "main");
  const hits = main(await parley.page("/conversations?q=harbours+has:file"));
  expect(hits).toContain("Brittany");
  expect(hits).not.toContain("Normandy");
  const wordless = await ask({ prompt: "", files: [picture()] });
  expect(main(await parley.page("/conversations?q=has:file"))).toContain(`${wordless.path}?at=`);
});

test("a file that nobody knows is a 404, small or not", async () => {
  const unknown = "0".repeat(64);
  for (const path of [`/files/${unknown}`, `/files/${unknown}/thumbnail`, "/files/%00'%22"]) {
    const response = await parley.fetch(path);
    expect(response.status, path).toBe(404);
    expect(await response.text(), path).toContain("There is no such file.");
  }
});

test("a file without a name is kept under one", async () => {
  const boundary = "----nameless";
  const part = (head: string, text: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`;
  const prompt = part('name="prompt"', "What is this?") + part('name="model"', "gemma3:4b");
  const sent = `${prompt}${part('name="files"; filename=""', "High water")}--${boundary}--\r\n`;
  const response = await parley.fetch("/conversations", {
    method: "POST",
    body: sent,
    headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
  });
  expect(response.status).toBe(303);
  await parley.page(response.headers.get("location") ?? "");
  expect(lastAsked().at(-1)?.content).toContain("High water");
});
