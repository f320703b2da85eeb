import { Database } from "bun:sqlite";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addressIn, attributeIn, element, fieldValue, leadingTextsOf } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

const SCRIPTED = { Cookie: "parley-script=1" };
const MODEL = "gemma3:4b";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

const look = (path: string) => parley.page(path, SCRIPTED);
/** The field that tells a page's composer from that of another page. */
const onceOn = async (path: string) => fieldValue(await look(path), "once");
/** Waits until nothing is being written. */
const ended = (path: string) =>
  vi.waitFor(async () => expect(await look(path)).not.toContain("hx-sse"), 5_000);
const places = (responses: Response[]) => responses.map(({ headers }) => headers.get("location"));

/** What the person has said on the page and what waits there, in order. */
async function words(path: string): Promise<string[]> {
  const html = await look(path);
  return leadingTextsOf(html, ".turn-text, .waiting-text");
}

test("a double click begins one conversation", async () => {
  const form = { prompt: "Why?", model: MODEL, once: await onceOn("/") };
  const both = await Promise.all([
    parley.post("/conversations", form),
    parley.post("/conversations", form),
  ]);
  both.push(await parley.post("/conversations", form));
  expect(both.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(new Set(places(both)).size).toBe(1);
  const listed = (await look("/conversations")).match(/\/conversations\/[0-9a-f-]{36}/g) ?? [];
  expect(new Set(listed)).toEqual(new Set(places(both)));
});

test("a double click adds one turn, and none that waits behind it", async () => {
  const path = await parley.start("First");
  await ended(path);
  const action = `${path}/messages`;
  const form = { prompt: "Next", model: MODEL, once: await onceOn(path) };
  parley.ollama.next({ chunks: ["One", " more."], holdAfter: 1 });
  await Promise.all([parley.post(action, form), parley.post(action, form)]);
  expect((await parley.post(action, form)).status).toBe(303);
  expect(await words(path)).toEqual(["First", "Next"]);
  const again = { ...form, once: await onceOn(path) };
  await Promise.all([parley.post(action, again), parley.post(action, again)]);
  expect(await words(path)).toEqual(["First", "Next", "Next"]);
  parley.ollama.release();
});

test("other words from the same page, and forms that do not say where they come from, are all taken", async () => {
  const path = await parley.start("First");
  const once = await onceOn(path);
  const action = `${path}/messages`;
  await parley.post(action, { prompt: "Next", model: MODEL, once });
  await parley.post(action, { prompt: "Further", model: MODEL, once });
  await parley.post(action, { prompt: "Further", model: MODEL });
  await parley.post(action, { prompt: "Further", model: MODEL });
  await vi.waitFor(async () =>
    expect(await words(path)).toEqual(["First", "Next", "Further", "Further", "Further"]),
  );
});

test("a double click on an edit gives one alternative", async () => {
  const path = await parley.start("First");
  const message = attributeIn(await look(path), "href", /^\/messages\/([0-9a-f-]+)\/edit$/);
  const edit = `/messages/${message}/edit`;
  const once = element(await look(edit), '.message-form [name="once"]').getAttribute("value") ?? "";
  const form = { prompt: "Better", once };
  await Promise.all([parley.post(edit, form), parley.post(edit, form)]);
  const kept = (await (await parley.fetch(`${path}.json`)).json()) as {
    messages: { role: string; content: string }[];
  };
  const prompts = kept.messages.filter(({ role }) => role === "user");
  expect(prompts.map(({ content }) => content)).toEqual(["First", "Better"]);
});

test("a prompt that was refused is taken when it is sent again", async () => {
  const once = await onceOn("/");
  const form = { prompt: "Why?", model: "", once };
  expect((await parley.post("/conversations", form)).status).toBe(422);
  const both = await Promise.all([
    parley.post("/conversations", form),
    parley.post("/conversations", form),
  ]);
  expect(both.map(({ status }) => status)).toEqual([422, 422]);
});

test("files come along once", async () => {
  const send = async (once: string) => {
    const body = new FormData();
    body.set("prompt", "Read");
    body.set("model", MODEL);
    body.set("once", once);
    body.set("files", new File(["High water"], "tides.txt", { type: "text/plain" }));
    return parley.fetch("/conversations", { method: "POST", body });
  };
  const once = await onceOn("/");
  const both = await Promise.all([send(once), send(once)]);
  expect(new Set(places(both)).size).toBe(1);
  expect((await look(places(both)[0] ?? "")).match(/tides\.txt/g) ?? []).not.toHaveLength(0);
});

test("a form that is sent again after a restart leads where the first one led", async () => {
  const form = { prompt: "Why?", model: MODEL, once: await onceOn("/") };
  const first = await parley.post("/conversations", form);
  const path = first.headers.get("location") ?? "";
  const next = { prompt: "Next", model: MODEL, once: await onceOn(path) };
  await ended(path);
  await parley.post(`${path}/messages`, next);
  await parley.restart();
  const again = [
    await parley.post("/conversations", form),
    await parley.post(`${path}/messages`, next),
  ];
  expect(again.map(({ status }) => status)).toEqual([303, 303]);
  expect(places(again)).toEqual([path, path]);
  expect(await words(path)).toEqual(["Why?", "Next"]);
});

test("a form that another instance has taken is not taken again", async () => {
  const path = await parley.start("First");
  await ended(path);
  const form = { prompt: "Next", model: MODEL, once: await onceOn(path) };
  await parley.post(`${path}/messages`, form);
  const kept = () => parley.page(`${path}.json`);
  await ended(path);
  // The row is another's: it stands in the file, and this process has never seen it.
  using file = new Database(join(parley.folder, "parley.db"));
  const { id } = file
    .query<{ id: string }, []>("select client_id as id from messages where content = 'Next'")
    .get() ?? { id: "" };
  expect(id).not.toBe("");
  file.run("update messages set client_id = null where content = 'Next'");
  file.run("update messages set client_id = ? where content = 'First'", [id]);
  const before = await kept();
  expect((await parley.post(`${path}/messages`, form)).headers.get("location")).toBe(path);
  expect(await kept()).toBe(before);
});

test("a prompt that has waited is not asked again when its form comes once more", async () => {
  const path = await parley.start("First");
  await ended(path);
  parley.ollama.next({ chunks: ["One", " more."], holdAfter: 1 });
  await parley.post(`${path}/messages`, { prompt: "Second", model: MODEL });
  const form = { prompt: "Third", model: MODEL, once: await onceOn(path) };
  await parley.post(`${path}/messages`, form);
  await parley.post(`${path}/messages`, form);
  expect(await words(path)).toEqual(["First", "Second", "Third"]);
  parley.ollama.release();
  await ended(path);
  expect((await parley.post(`${path}/messages`, form)).status).toBe(303);
  expect(await words(path)).toEqual(["First", "Second", "Third"]);
});

test("asking another model twice from one page gives one answer", async () => {
  const path = await parley.start("First");
  await ended(path);
  const form = addressIn(await look(path), /\/messages\/([0-9a-f-]+)\/regenerate/);
  const address = `/messages/${form}/regenerate`;
  const once = fieldValue(await look(address), "once");
  await Promise.all([1, 2].map(() => parley.post(address, { model: MODEL, once })));
  await parley.post(address, { model: MODEL, once });
  const { messages } = JSON.parse(await parley.page(`${path}.json`)) as {
    messages: { role: string }[];
  };
  expect(messages.filter(({ role }) => role === "assistant")).toHaveLength(2);
});
