import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { markupOf, textOf } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

const DROPPED = "Earlier messages were left out";
/** Six thousand characters, about 1,500 tokens of the scripted host. */
const LONG = "word ".repeat(1_200);

async function conversation(prompt: string, model = "gemma3:4b"): Promise<string> {
  parley.ollama.always({ chunks: ["Fine."] });
  const path = await parley.start(prompt, model);
  await parley.page(path);
  return path;
}

/** Sends a further prompt and gives the page once its answer is there. */
async function say(path: string, prompt: string, model = "gemma3:4b"): Promise<string> {
  const response = await parley.post(`${path}/messages`, { prompt, model });
  expect(response.status).toBe(303);
  await parley.page(path);
  return parley.page(path);
}

const estimate = (html: string) => textOf(html, ".context-words");

describe("how full the context is", () => {
  test("is estimated from the last real figures and what came since", async () => {
    const path = await conversation(LONG);
    expect(estimate(await parley.page(path))).toBe("About 1,500 of 4,096 tokens, 37 %");
    expect(estimate(await say(path, LONG))).toBe("About 3,000 of 4,096 tokens, 74 %");
  });

  test("follows the context that is asked for", async () => {
    const path = await conversation(LONG);
    await parley.post(`${path}/steering`, { num_ctx: "8192" });
    expect(estimate(await parley.page(path))).toBe("About 1,500 of 8,192 tokens, 18 %");
  });

  test("says tokens only where nobody knows the context", async () => {
    parley.ollama.always({ refuse: { status: 500, error: "no" } });
    const path = await parley.start("x".repeat(4_000));
    await parley.page(path);
    expect(estimate(await parley.page(path))).toBe("About 1,000 tokens");
  });

  test("knows the context that a model brings before it has answered", async () => {
    parley.ollama.always({ refuse: { status: 500, error: "no" } });
    const path = await parley.start("x".repeat(4_000), "qwen3:8b");
    await parley.page(path);
    expect(estimate(await parley.page(path))).toBe("About 1,000 of 8,192 tokens, 12 %");
  });

  test("is known of an answer that was stopped", async () => {
    parley.ollama.always({ chunks: ["Fine", "."], holdAfter: 1 });
    const path = await parley.start("x".repeat(4_000));
    const look = () => parley.page(path, { Cookie: "parley-script=1" });
    await expect.poll(look).toContain("Fine");
    await parley.post(`${path}/stop`, {});
    expect(estimate(await look())).toMatch(/ of 4,096 tokens, /);
  });

  test("is hidden on the first page while there is nothing in it", async () => {
    expect(await parley.page("/")).toMatch(/<p class="context [^"]*" id="context" hidden=""/);
    await parley.post("/settings", { system: "Be brief. ".repeat(40) });
    expect(estimate(await parley.page("/?model=qwen3:8b"))).toBe("About 100 of 8,192 tokens, 1 %");
  });
});

describe("old turns that the host left out", () => {
  test("are told with the answer that did not have them, until the context is larger", async () => {
    const path = await conversation(LONG);
    expect(await say(path, LONG)).not.toContain(DROPPED);
    const cut = await say(path, LONG);
    expect(cut).toContain(DROPPED);
    expect(cut).toContain("the 4,096 tokens that gemma3:4b holds");
    expect(cut).toContain(` href="${path}/steering">Raise the context length</a>`);
    expect(estimate(cut)).toBe("About 4,500 of 4,096 tokens: ");
    expect(cut).toContain(">the oldest messages will be left out<");
    expect((await say(path, "And now?")).split(DROPPED)).toHaveLength(3);
    await parley.post(`${path}/steering`, { num_ctx: "16384" });
    expect((await say(path, "And now?")).split(DROPPED)).toHaveLength(3);
  });

  test("are not suspected where a host does not count its cache", async () => {
    const path = await conversation(LONG);
    parley.ollama.next({ chunks: ["Fine."], stats: { prompt_eval_count: 12 } });
    expect(await say(path, "And?")).not.toContain(DROPPED);
  });

  test("are not suspected where another model counts otherwise", async () => {
    const path = await conversation(LONG, "qwen3:8b");
    parley.ollama.next({ chunks: ["Fine."], stats: { prompt_eval_count: 700 } });
    expect(await say(path, "And?", "gemma3:4b")).not.toContain(DROPPED);
  });
});

describe("the details of an answer", () => {
  const details = (html: string) => markupOf(html, "details.metrics");

  test("have what the host reported, and what it was asked with", async () => {
    await parley.post("/settings", { temperature: "0.2" });
    const path = await parley.start("Why?");
    await parley.page(path);
    const html = details(await parley.page(path));
    for (const name of ["Read", "Written", "Model loaded in", "First word after", "In all"]) {
      expect(html).toContain(`<dt>${name}</dt>`);
    }
    expect(html).toMatch(/<dt>Context<\/dt><dd>\d+ of 4,096 tokens<\/dd>/);
    expect(html).toContain("<dt>Asked with</dt><dd>Temperature 0.2</dd>");
    expect(html).toContain("c0494fe00251c4fc");
  });

  test("come with the end of a document that streams", async () => {
    const path = await parley.start("Why?");
    expect(details(await parley.page(path))).toContain("<dt>Written</dt>");
  });

  test("are not there without figures", async () => {
    parley.ollama.next({ refuse: { status: 500, error: "no" } });
    const path = await parley.start("Why?");
    await parley.page(path);
    expect(await parley.page(path)).not.toContain('class="metrics"');
  });
});
