import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ScriptedOllama, startScriptedOllama } from "../ollama/host";
import { actionIn, dom, fieldValue, messageIds } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

const NOWHERE = "01990000-0000-7000-8000-000000000000";

/** Sends a prompt from a page as its composer would, and waits for the answer's end. */
async function say(path: string, prompt: string, chunk: string): Promise<string> {
  parley.ollama.next({ chunks: [chunk] });
  const action = actionIn(await parley.page(path), "messages", "a query");
  expect((await parley.post(action, { prompt, model: "gemma3:4b" })).status).toBe(303);
  return parley.page(path);
}

async function begin(prompt: string, chunk: string): Promise<string> {
  parley.ollama.next({ chunks: [chunk] });
  const path = await parley.start(prompt);
  await parley.page(path);
  return path;
}

const leafOn = (html: string): string => messageIds(html).at(-1) ?? "";
/** What the hidden fields of the form to the previous or next alternative say. */
function step(
  html: string,
  name: "Previous" | "Next",
): { action: string; fields: { from: string } } {
  const form = dom(html)
    .querySelectorAll('form[action$="/choose"]')
    .find(({ outerHTML }) => outerHTML.includes(`${name} alternative`));
  const value = (field: string) =>
    form?.querySelector(`input[name="${field}"]`)?.getAttribute("value");
  const [action = "", from = "", leaf] = [
    form?.getAttribute("action"),
    value("from"),
    value("leaf"),
  ];
  return { action, fields: { from, ...(leaf !== undefined && { leaf }) } };
}
async function walk(html: string, name: "Previous" | "Next"): Promise<Response> {
  const { action, fields } = step(html, name);
  return parley.post(action, fields);
}
function lastAsked(): string[] {
  const body = parley.ollama.chats().at(-1)?.body as
    | { messages: { content: string }[] }
    | undefined;
  return (body?.messages ?? []).map(({ content }) => content);
}

describe("a prompt in other words", () => {
  test("stands beside the first, and each keeps what followed it", async () => {
    const path = await begin("Flip a coin", "Heads.");
    const before = await say(path, "Again", "Tails.");
    const [first = ""] = messageIds(before);
    const page = await parley.page(`/messages/${first}/edit`);
    expect(page).toContain(">Flip a coin</textarea>");
    expect(page).not.toContain('id="composer"');
    parley.ollama.next({ chunks: ["Six."] });
    const sent = await parley.post(`/messages/${first}/edit`, {
      prompt: "Roll a die",
      model: "gemma3:4b",
      leaf: leafOn(before),
    });
    expect(sent.headers.get("location")).toBe(path);
    const edited = await parley.page(path);
    expect(edited).toContain("Six.");
    expect(edited).not.toContain("Tails.");
    expect(lastAsked()).toEqual(["Roll a die"]);

    const back = await walk(edited, "Previous");
    expect(back.status).toBe(303);
    expect(back.headers.get("location")).toBe(`${path}#m-${first}`);
    expect(messageIds(await parley.page(path))).toEqual(messageIds(before));
    // The choice is kept: it is the conversation's, not the address's.
    const again = await walk(await parley.page(path), "Next");
    expect(again.status).toBe(303);
    expect(messageIds(await parley.page(path))).toEqual(messageIds(edited));
  });

  test("may change the model", async () => {
    const path = await begin("Hi", "Hello.");
    const [prompt = ""] = messageIds(await parley.page(path));
    await parley.post(`/messages/${prompt}/edit`, { prompt: "Ho", model: "qwen3:8b" });
    await parley.page(path);
    expect(parley.ollama.chats().at(-1)?.body).toMatchObject({ model: "qwen3:8b" });
  });

  test("that is empty comes back with the reason in its place", async () => {
    const path = await begin("Flip a coin", "Heads.");
    const [first = ""] = messageIds(await parley.page(path));
    const refused = await parley.post(`/messages/${first}/edit`, {
      prompt: " ",
      model: "gemma3:4b",
    });
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toContain("The prompt is empty.");
    expect(html).toContain(`action="/messages/${first}/edit"`);
  });
});

describe("several answers of one conversation at once", () => {
  let ollama: ScriptedOllama;
  beforeEach(async () => {
    await parley[Symbol.asyncDispose]();
    ollama = await startScriptedOllama({ slots: 4 });
    parley = await startParley({ ollama });
  });
  afterEach(() => ollama.stop());

  test("come of a prompt that was edited twice at once, and both survive", async () => {
    const path = await begin("Flip a coin", "Heads.");
    const [first = ""] = messageIds(await parley.page(path));
    parley.ollama.always({ chunks: ["Begun", " and ended."], holdAfter: 1 });
    const sent = await Promise.all(
      ["Roll a die", "Draw a card"].map((prompt) =>
        parley.post(`/messages/${first}/edit`, { prompt, model: "gemma3:4b" }),
      ),
    );
    expect(sent.map(({ status }) => status)).toEqual([303, 303]);
    await expect.poll(() => parley.ollama.active()).toBe(2);
    // Each of the two is live on its own branch, and stopping one does not stop the other.
    const shown = await opened(path);
    const back = await walk(shown.page, "Previous");
    shown.signal.abort();
    const other = await opened(path);
    expect(messageIds(other.page).at(-1)).not.toBe(messageIds(shown.page).at(-1));
    other.signal.abort();
    expect(back.status).toBe(303);
    const stop = actionIn(other.page, "stop", "a query");
    await parley.post(stop, {});
    await expect.poll(() => parley.ollama.active()).toBe(1);
    expect(await parley.page(path)).toContain("Stopped");
    parley.ollama.release();
    await walk(await parley.page(path), "Next");
    expect(await parley.page(path)).toContain("Begun and ended.");
  });

  test("do not take each other's waiting prompts", async () => {
    ollama.next({ chunks: ["Heads", "."], holdAfter: 1 });
    const path = await parley.start("Flip a coin");
    const first = await opened(path);
    first.signal.abort();
    const [prompt = "", answer = ""] = messageIds(first.page);
    await parley.post(`${path}/messages?at=${answer}`, { prompt: "And now?", model: "gemma3:4b" });
    ollama.next({ chunks: ["Six."] });
    await parley.post(`/messages/${prompt}/regenerate`, { model: "qwen3:8b" });
    const beside = await parley.page(path);
    expect(beside).toContain("Six.");
    expect(beside).not.toContain("And now?");
    // A prompt on the branch that is quiet is answered there, at once.
    ollama.next({ chunks: ["One."] });
    await parley.post(`${path}/messages?at=${leafOn(beside)}`, {
      prompt: "And that?",
      model: "gemma3:4b",
    });
    expect(await parley.page(path)).toContain("One.");
    expect(lastAsked()).toEqual(["Flip a coin", "Six.", "And that?"]);
    ollama.next({ chunks: ["Tails."] });
    ollama.release();
    await expect.poll(() => ollama.chats().length).toBe(4);
    await expect.poll(() => ollama.active()).toBe(0);
    expect(lastAsked()).toEqual(["Flip a coin", "Heads.", "And now?"]);
  });
});

/** The beginning of a page that streams. */
async function opened(path: string): Promise<{ page: string; signal: AbortController }> {
  const signal = new AbortController();
  const response = await parley.fetch(path, { signal: signal.signal });
  const reader = response.body?.getReader();
  const chunk = await reader?.read();
  return { page: new TextDecoder().decode(chunk?.value), signal };
}

describe("an answer from another model", () => {
  test("is asked for on a page of its own", async () => {
    const path = await begin("Hi", "Hello.");
    const answer = leafOn(await parley.page(path));
    const page = await parley.page(`/messages/${answer}/regenerate`);
    expect(page).toMatch(/<select[^>]*name="model"/);
    await parley.post(`/messages/${answer}/regenerate`, { model: "qwen3:8b", leaf: answer });
    await parley.page(path);
    expect(parley.ollama.chats().at(-1)?.body).toMatchObject({ model: "qwen3:8b" });
  });
});

describe("deleting a message", () => {
  test("says how much goes, then takes all that follows on every branch", async () => {
    const path = await begin("One", "First.");
    await say(path, "Two", "Second.");
    const html = await say(path, "Three", "Third.");
    const [, , second = ""] = messageIds(html);
    await parley.post(`/messages/${messageIds(html)[4]}/edit`, {
      prompt: "Drei",
      model: "gemma3:4b",
    });
    await parley.page(path);
    const question = await parley.page(`/messages/${second}/delete`);
    expect(question).toContain("the 5 messages that follow");
    const count = fieldValue(question, "count");
    const gone = await parley.post(`/messages/${second}/delete`, { count });
    expect(gone.headers.get("location")).toBe(`${path}#m-${messageIds(html)[1]}`);
    expect(messageIds(await parley.page(path))).toEqual(messageIds(html).slice(0, 2));
    expect((await parley.fetch(`/messages/${second}/delete`)).status).toBe(404);
  });

  test("shows the alternative beside it", async () => {
    const path = await begin("Flip a coin", "Heads.");
    const [first = "", answer = ""] = messageIds(await parley.page(path));
    await parley.post(`/messages/${first}/edit`, { prompt: "Roll a die", model: "gemma3:4b" });
    const [other = ""] = messageIds(await parley.page(path));
    await parley.post(`/messages/${other}/delete`, { count: "2" });
    expect(messageIds(await parley.page(path))).toEqual([first, answer]);
  });

  test("that has changed meanwhile is asked about again", async () => {
    const path = await begin("One", "First.");
    const [first = ""] = messageIds(await parley.page(path));
    await say(path, "Two", "Second.");
    const refused = await parley.post(`/messages/${first}/delete`, { count: "2" });
    expect(refused.status).toBe(409);
    const html = await refused.text();
    expect(html).toContain("has changed meanwhile");
    expect(html).toContain('name="count" value="4"');
    expect(messageIds(await parley.page(path))).toHaveLength(4);
  });

  test("of everything leaves an empty conversation that takes new prompts", async () => {
    const path = await begin("One", "First.");
    const [first = ""] = messageIds(await parley.page(path));
    const gone = await parley.post(`/messages/${first}/delete`, { count: "2" });
    expect(gone.headers.get("location")).toBe(path);
    const html = await parley.page(path);
    parley.ollama.next({ chunks: ["Anew."] });
    await parley.post(actionIn(html, "messages"), {
      prompt: "Two",
      model: "gemma3:4b",
    });
    expect(await parley.page(path)).toContain("Anew.");
    expect(lastAsked()).toEqual(["Two"]);
  });

  test("stops an answer that is being written there", async () => {
    parley.ollama.next({ chunks: ["Heads", "."], holdAfter: 1 });
    const path = await parley.start("Flip a coin");
    const { page, signal } = await opened(path);
    const [first = ""] = messageIds(page);
    expect((await parley.post(`/messages/${first}/delete`, { count: "2" })).status).toBe(303);
    signal.abort();
    await expect.poll(() => parley.ollama.active()).toBe(0);
    expect(messageIds(await parley.page(path))).toEqual([]);
  });

  test("of an answer leaves the prompt, which can be answered again", async () => {
    const path = await begin("One", "First.");
    const [prompt = "", answer = ""] = messageIds(await parley.page(path));
    await parley.post(`/messages/${answer}/delete`, { count: "1" });
    const html = await parley.page(path);
    expect(html).toContain(`action="/messages/${prompt}/regenerate"`);
    parley.ollama.next({ chunks: ["Anew."] });
    await parley.post(`/messages/${prompt}/regenerate`, { model: "gemma3:4b" });
    expect(await parley.page(path)).toContain("Anew.");
    expect(lastAsked()).toEqual(["One"]);
  });
});

test("what is not there is the same 404 for every verb", async () => {
  for (const verb of ["edit", "regenerate", "choose", "delete", "continue"]) {
    for (const id of [NOWHERE, "x", "%27%20or%201=1"]) {
      const response = await parley.post(`/messages/${id}/${verb}`, { prompt: "Hi", count: "1" });
      expect(response.status, `${verb} ${id}`).toBe(404);
      expect(await response.text()).toContain("There is no such message.");
    }
  }
});
