import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { messageIds } from "../support/page";
import { startParley, type TestOptions, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(() => begin());
afterEach(() => parley[Symbol.asyncDispose]());

const SCRIPTED = { Cookie: "parley-script=1" };
const HELD = { chunks: ["Heads", "."], holdAfter: 1 };

/** One slot, as on most machines: an answer that runs on would block the next one. */
async function begin(options: TestOptions = {}): Promise<void> {
  parley = await startParley(options);
}

async function again(options: TestOptions): Promise<void> {
  await parley[Symbol.asyncDispose]();
  await begin(options);
}

/** A page as it is now, without waiting for what is being written. */
const look = (path: string): Promise<string> => parley.page(path, SCRIPTED);

/** Begins a conversation whose answer is held after its first word. */
async function held(prompt = "Flip a coin"): Promise<{ path: string; ids: string[] }> {
  parley.ollama.next(HELD);
  const path = await parley.start(prompt);
  await expect.poll(() => parley.ollama.held()).toBe(1);
  return { path, ids: messageIds(await look(path)) };
}

function asked(): string[][] {
  return parley.ollama.chats().map(({ body }) => {
    const { messages } = body as { messages: { content: string }[] };
    return messages.map(({ content }) => content);
  });
}

describe("what is being written ends", () => {
  test("when its prompt is edited, and keeps what was written", async () => {
    const { path, ids } = await held();
    parley.ollama.next({ chunks: ["Six."] });
    const edit = { prompt: "Roll a die", model: "gemma3:4b", leaf: ids[1] ?? "" };
    expect((await parley.post(`/messages/${ids[0]}/edit`, edit)).status).toBe(303);
    // The host has one slot, so the new answer could not come while the old one was being written.
    expect(await parley.page(path)).toContain("Six.");
    const before = await look(`${path}?end=${ids[1]}`);
    expect(before).toContain("Heads");
    expect(before).toContain("Stopped");
  });

  test("when a prompt further up is edited", async () => {
    parley.ollama.next({ chunks: ["First."] });
    const path = await parley.start("One");
    const [first = "", answer = ""] = messageIds(await parley.page(path));
    parley.ollama.next(HELD);
    await parley.post(`${path}/messages?at=${answer}`, { prompt: "Two", model: "gemma3:4b" });
    await expect.poll(() => parley.ollama.held()).toBe(1);
    parley.ollama.next({ chunks: ["Eins."] });
    await parley.post(`/messages/${first}/edit`, { prompt: "Uno", model: "gemma3:4b" });
    expect(await parley.page(path)).toContain("Eins.");
    expect(parley.ollama.held()).toBe(0);
  });

  test("when the same model is asked again, but not when another one is", async () => {
    await again({ settings: { parallel: 4 } });
    const { path, ids } = await held();
    parley.ollama.next({ chunks: ["Tails", "."], holdAfter: 1 });
    await parley.post(`/messages/${ids[1]}/regenerate`, { model: "qwen3:8b" });
    // Each model has a slot of its own.
    await expect.poll(() => parley.ollama.held()).toBe(2);
    parley.ollama.next({ chunks: ["Edge."] });
    await parley.post(`/messages/${ids[1]}/regenerate`, {});
    await expect.poll(() => parley.ollama.held()).toBe(1);
    expect(await parley.page(path)).toContain("Edge.");
    parley.ollama.release();
    await expect.poll(() => parley.ollama.active()).toBe(0);
    expect(await look(`${path}?end=${ids[1]}`)).toContain("Stopped");
  });

  test("when it is still queued, and is never asked", async () => {
    await again({ settings: { parallel: 1 } });
    await held("The first of all");
    const path = await parley.start("Flip a coin");
    const [prompt = "", answer = ""] = messageIds(await look(path));
    await parley.post(`/messages/${prompt}/edit`, { prompt: "Roll a die", model: "gemma3:4b" });
    expect(await look(`${path}?end=${answer}`)).toContain("Stopped");
    parley.ollama.release();
    expect(await parley.page(path)).toContain("You wrote: “Roll a die”");
    expect(asked()).toEqual([["The first of all"], ["Roll a die"]]);
  });

  test("and prompts that waited for it wait for the new answer", async () => {
    const { path, ids } = await held();
    await parley.post(`${path}/messages?at=${ids[1]}`, { prompt: "And now?", model: "gemma3:4b" });
    await parley.post(`/messages/${ids[0]}/edit`, { prompt: "Roll a die", model: "gemma3:4b" });
    await expect.poll(() => asked().length).toBe(3);
    expect(asked()[1]).toEqual(["Roll a die"]);
    expect(asked()[2]?.at(-1)).toBe("And now?");
    expect(asked()[2]?.[0]).toBe("Roll a die");
  });

  test("also if it ends by itself at that moment: each prompt is asked once and nothing is left running", async () => {
    for (let round = 0; round < 12; round++) {
      const before = asked().length;
      const { path, ids } = await held(`Round ${round}`);
      const next = { prompt: `Then ${round}`, model: "gemma3:4b" };
      await parley.post(`${path}/messages?at=${ids[1]}`, next);
      const edit = parley.post(`/messages/${ids[0]}/edit`, {
        prompt: `Edited ${round}`,
        model: "gemma3:4b",
      });
      await Bun.sleep(round / 2);
      parley.ollama.release();
      expect((await edit).status).toBe(303);
      await expect.poll(() => asked().length).toBe(before + 3);
      await expect.poll(() => parley.ollama.active()).toBe(0);
      const said = asked()
        .slice(before)
        .map((messages) => messages.at(-1));
      expect(said.sort()).toEqual([`Edited ${round}`, `Round ${round}`, `Then ${round}`]);
    }
  });
});
