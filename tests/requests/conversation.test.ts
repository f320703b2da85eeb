import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { actionIn, messageIds, readUntil } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

/** The page once nothing is being written: the streaming document ends with the answer. */
const page = (path: string) => parley.page(path);

/** Where the form goes that does this: `messages` sends a prompt. */
const action = (html: string, verb: "messages" | "regenerate" | "continue") =>
  actionIn(html, verb, "any query");

/** The messages of the last request to Ollama. */
function lastAsked(): unknown {
  return (parley.ollama.chats().at(-1)?.body as { messages: unknown } | undefined)?.messages;
}

describe("a conversation", () => {
  test("starts with a prompt, is titled by it, and remembers the model", async () => {
    parley.ollama.next({ chunks: ["Twice ", "a day."] });
    const response = await parley.post("/conversations", {
      prompt: "How often is high tide?\nIn Brest.",
      model: "gemma3:4b",
    });
    expect(response.status).toBe(303);
    expect(response.headers.get("set-cookie")).toContain("parley-model=gemma3");
    const html = await page(response.headers.get("location") ?? "");
    expect(html).toContain("<title>How often is high tide? · Parley</title>");
    expect(html).toContain("<p>Twice a day.</p>");
    expect(parley.ollama.chats()[0]?.body).toMatchObject({
      model: "gemma3:4b",
      stream: true,
      messages: [{ role: "user", content: "How often is high tide?\nIn Brest." }],
    });
  });

  test("takes instructions, and keeps them for the turns to come", async () => {
    const response = await parley.post("/conversations", {
      prompt: "Hi",
      model: "gemma3:4b",
      system: "Be brief.",
    });
    const path = response.headers.get("location") ?? "";
    const html = await page(path);
    expect(lastAsked()).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hi" },
    ]);
    await parley.post(action(html, "messages"), { prompt: "More", model: "gemma3:4b" });
    await page(path);
    expect(lastAsked()).toMatchObject([{ content: "Be brief." }, { content: "Hi" }, {}, {}]);
  });

  test("goes on for three turns, and the model sees all of them", async () => {
    parley.ollama.next({ chunks: ["One."] });
    const path = await parley.start("First");
    for (const [prompt, chunk] of [
      ["Second", "Two."],
      ["Third", "Three."],
    ] as const) {
      parley.ollama.next({ chunks: [chunk] });
      const send = action(await page(path), "messages");
      expect((await parley.post(send, { prompt, model: "gemma3:4b" })).status).toBe(303);
    }
    expect(await page(path)).toMatch(/One\..*Two\..*Three\./s);
    expect(lastAsked()).toEqual([
      { role: "user", content: "First" },
      { role: "assistant", content: "One." },
      { role: "user", content: "Second" },
      { role: "assistant", content: "Two." },
      { role: "user", content: "Third" },
    ]);
  });

  test("is in the list, newest first", async () => {
    await page(await parley.start("Older talk"));
    await page(await parley.start("Newer talk"));
    expect(await page("/conversations")).toMatch(/Newer talk.*Older talk/s);
  });

  test("that nobody knows is a 404 that says what to do", async () => {
    const response = await parley.fetch("/conversations/01990000-0000-7000-8000-000000000000");
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("There is no such conversation.");
    const events = await parley.fetch("/conversations/01990000-0000-7000-8000-000000000000/events");
    expect(events.status).toBe(404);
  });
});

describe("alternatives", () => {
  test("an answer asked for again stays beside the first", async () => {
    parley.ollama.next({ chunks: ["Heads."] });
    const path = await parley.start("Flip a coin");
    parley.ollama.next({ chunks: ["Tails."] });
    const again = await parley.post(action(await page(path), "regenerate"), {});
    expect(again.status).toBe(303);
    const html = await page(path);
    expect(html).toContain("Tails.");
    expect(html).not.toContain("Heads.");
    expect(html).toMatch(/2\s*(<!-- -->)?\s*\/\s*(<!-- -->)?\s*2/);
    const first = actionIn(html, "choose");
    expect((await parley.post(first, {})).status).toBe(303);
    expect(await page(path)).toContain("Heads.");
    expect(lastAsked()).toEqual([{ role: "user", content: "Flip a coin" }]);
  });

  test("can come from another model", async () => {
    const path = await parley.start("Hi");
    await parley.post(action(await page(path), "regenerate"), { model: "qwen3:8b" });
    await page(path);
    expect(parley.ollama.chats().at(-1)?.body).toMatchObject({ model: "qwen3:8b" });
  });

  test("a prompt sent from an older branch is answered on that branch", async () => {
    parley.ollama.next({ chunks: ["Heads."] });
    const path = await parley.start("Flip a coin");
    const onFirst = action(await page(path), "messages");
    parley.ollama.next({ chunks: ["Tails."] });
    await parley.post(action(await page(path), "regenerate"), {});
    await page(path);
    await parley.post(onFirst, { prompt: "Sure?", model: "gemma3:4b" });
    await page(path);
    expect(lastAsked()).toMatchObject([{}, { content: "Heads." }, { content: "Sure?" }]);
  });
});

describe("an answer that ended early", () => {
  test("is continued by prefilling what there is", async () => {
    parley.ollama.next({ chunks: ["The tide ", "comes "], end: "length" });
    const path = await parley.start("Tell me");
    const html = await page(path);
    expect(html).toContain("Cut at the length limit");
    parley.ollama.next({ chunks: ["and goes."] });
    await parley.post(action(html, "continue"), {});
    expect(await page(path)).toContain("<p>The tide comes and goes.</p>");
    expect(lastAsked()).toEqual([
      { role: "user", content: "Tell me" },
      { role: "assistant", content: "The tide comes " },
    ]);
  });

  test("is not thought about anew when it is continued", async () => {
    parley.ollama.next({ thinking: ["Hmm"], chunks: ["Half"], end: "length" });
    const path = await parley.start("Tell me", "qwen3:8b");
    const html = await page(path);
    parley.ollama.next({ chunks: [" whole"] });
    await parley.post(action(html, "continue"), {});
    await page(path);
    expect(parley.ollama.chats().at(-1)?.body).toMatchObject({ think: false });
  });

  test("stays as it is once the conversation has gone on behind it", async () => {
    parley.ollama.next({ chunks: ["The tide ", "comes "], end: "length" });
    const path = await parley.start("Tell me");
    const html = await page(path);
    await parley.post(action(html, "messages"), { prompt: "And then?", model: "gemma3:4b" });
    await page(path);
    const response = await parley.post(action(html, "continue"), {});
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("has gone on behind this answer");
    expect(parley.ollama.chats().length).toBe(2);
  });

  test("a finished answer offers no Continue", async () => {
    expect(await page(await parley.start("Hi"))).not.toContain("/continue");
  });
});

describe("stopping", () => {
  test("keeps what was written and frees the host within a second", async () => {
    parley.ollama.next({ chunks: ["Some words. ", "never"], holdAfter: 1 });
    const path = await parley.start("Tell me");
    const begun = await readUntil(await parley.fetch(path), (text) => text.includes("Some words."));
    const response = await parley.post(actionIn(begun, "stop", "any query"), {});
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toContain(path);
    await vi.waitFor(() => expect(parley.ollama.active()).toBe(0), 1_000);
    const html = await page(path);
    expect(html).toContain("Stopped");
    expect(html).toContain("Some words.");
    expect(html).toContain("/continue");
  });

  test("works while the model is being loaded", async () => {
    parley.ollama.next({ loadMs: 60_000, chunks: ["late"] });
    const path = await parley.start("Tell me");
    const begun = await readUntil(await parley.fetch(path), (text) =>
      /Loading gemma3:4b/.test(text),
    );
    await parley.post(actionIn(begun, "stop", "any query"), {});
    await vi.waitFor(() => expect(parley.ollama.active()).toBe(0), 1_000);
    expect(await page(path)).toContain("Stopped");
  });

  test("twice, or after the end, changes nothing", async () => {
    parley.ollama.next({ chunks: ["Done."], holdAfter: 1 });
    const path = await parley.start("Tell me");
    const stop = actionIn(
      await readUntil(await parley.fetch(path), (text) => text.includes("Done.")),
      "stop",
      "any query",
    );
    await parley.post(stop, {});
    expect((await parley.post(stop, {})).status).toBe(303);
    expect(await page(path)).toContain("Stopped");
  });

  test("a generation that nobody knows is a 404", async () => {
    const response = await parley.post(
      "/generations/01990000-0000-7000-8000-000000000000/stop",
      {},
    );
    expect(response.status).toBe(404);
  });
});

test("a message of another conversation is not shown in this one", async () => {
  const first = await parley.start("First");
  const html = await page(first);
  const second = await parley.start("Second");
  await page(second);
  const [id = ""] = messageIds(html);
  expect((await parley.fetch(`${second}?at=${id}`)).status).toBe(404);
  expect((await parley.fetch(`${first}?at=${id}`)).status).toBe(200);
});
