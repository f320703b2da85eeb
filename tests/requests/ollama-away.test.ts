import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { actionIn, attributeIn, dom, element, markupOf } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

/** The model that the first picker of a page, or of a part of it, stands on: its value and its words. */
function picked(html: string): { value: string; words: string } {
  const option = element(html, 'select[name="model"]').querySelector("option[selected]");
  return { value: option?.getAttribute("value") ?? "", words: option?.text ?? "" };
}
const offered = (html: string): string[] =>
  dom(html)
    .querySelectorAll("option")
    .map((option) => option.getAttribute("value") ?? "");

/** A conversation with one answer, and then an Ollama that has gone and is known to be. */
async function leftAlone(): Promise<string> {
  parley.ollama.next({ chunks: ["Hello."] });
  const path = await parley.start("Hi");
  await parley.page(path);
  await parley.ollama.goAway();
  const action = actionIn(await parley.page(path), "messages", "a query");
  await parley.post(action, { prompt: "Are you there?", model: "gemma3:4b" });
  await parley.page(path);
  return path;
}

describe("while Ollama is away", () => {
  test("a conversation keeps its model and says that it cannot be reached", async () => {
    const path = await leftAlone();
    const html = await parley.page(path);
    expect(picked(html)).toEqual({ value: "gemma3:4b", words: "gemma3:4b (not reachable)" });
    expect(offered(html)).toContain("eliza");
    expect(html).toContain(`Can’t reach Ollama at <!-- -->${parley.ollama.url}`);
    expect(html).toContain("Start it to go on with");
    expect(html).not.toContain("stands in");
    // What is sent is kept, fails with the usual words, and is answered once Ollama is back.
    expect(html).toContain("Ollama could not be reached.");
    const retry = actionIn(html, "continue");
    await parley.ollama.comeBack();
    parley.ollama.next({ chunks: ["I am."] });
    await parley.post(retry, {});
    const answered = await parley.page(path);
    expect(answered).toContain("I am.");
    expect(picked(await parley.page(path)).words).toBe("gemma3:4b");
    expect(parley.ollama.chats().at(-1)?.body).toMatchObject({ model: "gemma3:4b" });
  });

  test("so does the form that edits a prompt", async () => {
    const path = await leftAlone();
    const prompt = attributeIn(await parley.page(path), "href", /^\/messages\/[^/]+\/edit$/);
    const form = markupOf(await parley.page(prompt), "form.message-form");
    expect(picked(form)).toEqual({ value: "gemma3:4b", words: "gemma3:4b (not reachable)" });
  });

  test("the first page keeps the model that was used last", async () => {
    await leftAlone();
    const html = await parley.page("/", { Cookie: "parley-model=gemma3%3A4b" });
    expect(picked(html)).toEqual({ value: "gemma3:4b", words: "gemma3:4b (not reachable)" });
    expect(html).toContain("Start it to go on with");
  });

  test("the demo is chosen if no model ever was", async () => {
    await leftAlone();
    const html = await parley.page("/");
    expect(picked(html).value).toBe("eliza");
    expect(html).toContain("ollama pull");
  });

  test("a conversation with the demo keeps it, and the demo is not remembered as a choice", async () => {
    await leftAlone();
    const sent = await parley.post("/conversations", { prompt: "I am sad", model: "eliza" });
    expect(sent.headers.get("set-cookie")).toBeNull();
    const path = sent.headers.get("location") ?? "";
    await parley.page(path);
    const html = await parley.page(path);
    expect(picked(html).value).toBe("eliza");
    expect(html).not.toContain("reach Ollama");
    const action = actionIn(html, "messages", "a query");
    const next = await parley.post(action, { prompt: "Still", model: "eliza" });
    expect(next.headers.get("set-cookie")).toBeNull();
    const real = await parley.post("/conversations", { prompt: "Hi", model: "gemma3:4b" });
    expect(real.headers.get("set-cookie")).toContain("gemma3");
  });
});

test("the demo beside Ollama does not replace a model that is gone", async () => {
  await parley[Symbol.asyncDispose]();
  parley = await startParley({ settings: { demo: "on" } });
  const path = await parley.start("Hi", "gemma3:4b");
  const html = await parley.page(path);
  parley.ollama.models = [];
  // The list is looked at again where a model was missing.
  const action = actionIn(html, "messages", "a query");
  await parley.post(action, { prompt: "Are you there?", model: "gemma3:4b" });
  await parley.page(path);
  const after = await parley.page(path);
  const composer = markupOf(after, "form.composer");
  expect(offered(composer)).toContain("eliza");
  expect(picked(composer)).toEqual({ value: "gemma3:4b", words: "gemma3:4b (not on this host)" });
});
