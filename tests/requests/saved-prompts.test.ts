import { Database } from "bun:sqlite";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PLACEHOLDERS, TITLE_CHARACTERS } from "../../app/limits";
import { leastImpactOf } from "../support/impact";
import { actionIn, attributeIn, element } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

const EXPLAIN = { title: "Explain", text: "Explain {{topic}} to {{reader}}. {{topic}}! {{}}" };

/** Saves a prompt and gives its path. */
async function saved(prompt: { title: string; text: string }): Promise<string> {
  expect((await parley.post("/prompts", prompt)).status).toBe(303);
  return attributeIn(await parley.page("/prompts"), "href", /^\/prompts\/[0-9a-f-]{36}$/);
}

describe("saved prompts", () => {
  test("are listed by title, changed and deleted", async () => {
    await saved({ title: "Tides", text: "Why do they come?" });
    const path = await saved(EXPLAIN);
    const list = await parley.page("/prompts");
    expect(list.indexOf("Explain")).toBeLessThan(list.indexOf("Tides"));
    await parley.post(path, { title: "Zebra", text: "Stripes <b>?" });
    const changed = await parley.page("/prompts");
    expect(changed).toContain("Stripes &lt;b&gt;?");
    expect(changed.indexOf("Tides")).toBeLessThan(changed.indexOf("Zebra"));
    expect(await parley.page(`${path}/delete`)).toContain("Zebra");
    expect((await parley.post(`${path}/delete`, {})).status).toBe(303);
    expect(await parley.page("/prompts")).not.toContain("Zebra");
    expect((await parley.fetch(path)).status).toBe(404);
  });

  test("with a bad title or text come back as they were typed, with the reasons", async () => {
    const bad = { title: "t".repeat(TITLE_CHARACTERS + 1), text: " \n " };
    const path = await saved(EXPLAIN);
    for (const where of ["/prompts", path]) {
      const response = await parley.post(where, bad);
      expect(response.status).toBe(422);
      const html = await response.text();
      expect(html).toContain(`${TITLE_CHARACTERS + 1} characters; ${TITLE_CHARACTERS} is the most`);
      expect(html).toContain("The prompt is empty.");
      expect(html).toContain(`value="${bad.title}"`);
    }
    expect(await parley.page(path)).toContain('value="Explain"');
    const huge = await parley.post("/prompts", { title: "x", text: "é".repeat(600_000) });
    expect(huge.status).toBe(422);
    expect(await huge.text()).toContain("1 MiB is the most");
  });

  test("have a limit of placeholders, so that the form that fills them in can be sent", async () => {
    const text = (count: number) => Array.from({ length: count }, (_, n) => `{{p${n}}}`).join(" ");
    await saved({ title: "Most", text: text(PLACEHOLDERS) });
    const refused = await parley.post("/prompts", { title: "More", text: text(PLACEHOLDERS + 1) });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(
      `The prompt has ${PLACEHOLDERS + 1} placeholders; ${PLACEHOLDERS} is the most.`,
    );
  });

  test("that nobody has are one and the same 404, whatever their id", async () => {
    for (const id of ["nothing", "%00", "%7B%7B", "019aa3c1-6a52-7000-8f2c-5d1b7c1e42aa"]) {
      for (const path of [`/prompts/${id}`, `/prompts/${id}/use`, `/prompts/${id}/delete`]) {
        expect((await parley.fetch(path)).status, path).toBe(404);
        expect((await parley.post(path, { title: "a", text: "b" })).status, path).toBe(404);
      }
    }
  });

  test("that name one place thousands of times are shown without making others wait", async () => {
    const path = await saved({ title: "Often", text: "{{word}} ".repeat(116_000) });
    const most = { stallMs: 250, grownBytes: Number.POSITIVE_INFINITY };
    const { stallMs } = await leastImpactOf(parley, () => parley.page(`${path}/use`), most);
    expect(stallMs).toBeLessThanOrEqual(250);
    const html = await parley.page(`${path}/use`);
    expect(html.match(/<mark>/g)?.length).toBeLessThan(1_000);
    expect(html.match(/<mark>word|\{\{word\}\}/g)).toHaveLength(116_000);
  });

  test("of the longest kind, a hundred of them, are listed without making others wait", async () => {
    const text = "{{a".repeat(349_000);
    const db = new Database(join(parley.folder, "parley.db"));
    const add = db.query(
      `insert into saved_prompts (id, owner_id, title, text, created_at, updated_at)
       values (?, 'local', ?, ?, 0, 0)`,
    );
    for (let n = 0; n < 100; n++) add.run(Bun.randomUUIDv7(), `Long ${n}`, text);
    db.close();
    const most = { stallMs: 250, grownBytes: Number.POSITIVE_INFINITY };
    const { stallMs } = await leastImpactOf(parley, () => parley.page("/prompts"), most);
    expect(stallMs).toBeLessThanOrEqual(250);
    expect(await parley.page("/prompts")).toContain(`${text.slice(0, 160)}…`);
  });

  test("more than a page are reached by links", async () => {
    for (let n = 100; n < 203; n++) await parley.post("/prompts", { title: `P${n}`, text: "x" });
    const first = await parley.page("/prompts?for=abc");
    expect(first).toContain("P199");
    expect(first).not.toContain("P200");
    const more = (element(first, "a.older").getAttribute("href") ?? "").replaceAll("&amp;", "&");
    expect(await parley.page(more)).toMatch(/P200.*P202/s);
    expect((await parley.fetch("/prompts?after=nothing")).status).toBe(200);
  });
});

describe("using a saved prompt", () => {
  test("asks for its places, and fills the composer of a new conversation", async () => {
    const path = await saved(EXPLAIN);
    const form = await parley.page(`${path}/use`);
    expect(form).toMatch(/name="value:topic".*name="value:reader"/s);
    expect(form.match(/name="value:/g)).toHaveLength(2);
    const values = { "value:topic": "tides {{reader}}\r\nand moons", "value:reader": "$& <me>" };
    const response = await parley.post(`${path}/use`, values);
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).toContain(
      "Explain tides {{reader}}\nand moons to $&amp; &lt;me&gt;. tides {{reader}}\nand moons! {{}}</textarea>",
    );
    expect(html).toContain('action="/conversations"');
    expect(parley.ollama.chats()).toEqual([]);
  });

  test("that would become longer than a prompt says so", async () => {
    const path = await saved({ title: "Again", text: "{{word}} ".repeat(200) });
    const long = await parley.post(`${path}/use`, { "value:word": "a".repeat(500_000) });
    expect(long.status).toBe(422);
    expect(await long.text()).toContain("the prompt is longer than 1 MiB");
    const short = await parley.post(`${path}/use`, { "value:word": "a".repeat(5_000) });
    expect(short.status).toBe(200);
  });

  test("in a conversation fills its composer", async () => {
    const conversation = await parley.start("Hi");
    await parley.page(conversation);
    const id = conversation.split("/").at(-1) ?? "";
    expect(await parley.page(conversation)).toContain(`href="/prompts?for=${id}"`);
    const path = await saved({ title: "Plain", text: "And then?" });
    expect(await parley.page(`/prompts?for=${id}`)).toContain(`action="${path}/use?for=${id}"`);
    const html = await (await parley.post(`${path}/use?for=${id}`, {})).text();
    expect(html).toContain("And then?</textarea>");
    const send = actionIn(html, "messages", "any query");
    expect((await parley.post(send, { prompt: "And then?", model: "gemma3:4b" })).status).toBe(303);
  });

  test("in an unknown conversation is the 404 of the conversation", async () => {
    const path = await saved(EXPLAIN);
    expect((await parley.fetch(`${path}/use?for=nothing`)).status).toBe(404);
    expect((await parley.post(`${path}/use?for=nothing`, {})).status).toBe(404);
  });
});
