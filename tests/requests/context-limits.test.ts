import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type HostOptions, type ScriptedOllama, startScriptedOllama } from "../ollama/host";
import { png } from "../support/files";
import { actionIn, textOf } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

const GEMMA = "gemma3:4b";
const PROMPT_CUT = "The middle of your prompt was left out";
const TURNS_LEFT_OUT = "Earlier messages were left out";
const BEGINNING_LOST = "The beginning fell out of the context";
/** With script a page does not stay open to stream. */
const SCRIPT = { Cookie: "parley-script=1" };

let parley: TestParley;
let ollama: ScriptedOllama;

async function start(options: HostOptions = {}): Promise<void> {
  ollama = await startScriptedOllama({ everyMs: 0, ...options });
  ollama.always({ chunks: ["Fine."] });
  parley = await startParley({ ollama });
}
beforeEach(() => start());
afterEach(stop);

async function stop(): Promise<void> {
  await parley[Symbol.asyncDispose]();
  await ollama.stop();
}

/** Begins a conversation and gives its path and its page once the answer is there. */
async function ask(prompt: string, model = GEMMA): Promise<{ path: string; html: string }> {
  const path = await parley.start(prompt, model);
  await parley.page(path);
  return { path, html: await parley.page(path, SCRIPT) };
}

async function say(path: string, prompt: string, model = GEMMA): Promise<string> {
  await parley.post(`${path}/messages`, { prompt, model });
  await parley.page(path);
  return parley.page(path, SCRIPT);
}

async function sendFiles(path: string, prompt: string, files: File[]): Promise<Response> {
  const body = new FormData();
  body.set("prompt", prompt);
  body.set("model", GEMMA);
  for (const file of files) body.append("files", file);
  return parley.fetch(path, { method: "POST", body });
}

/** The whole sentence below the composer. */
function estimate(html: string): string {
  return textOf(html, ".context-words") + textOf(html, ".context-loss");
}

/** A text of so many tokens of the scripted host, in words. */
const tokens = (count: number) => "word ".repeat((count * 4) / 5);

describe("a prompt that was cut in the middle is told", () => {
  test.each([4_200, 5_000, 6_005, 9_000])("%i tokens for a context of 4,096", async (count) => {
    const { html } = await ask(tokens(count));
    expect(html).toContain("<dt>Read</dt><dd>2,051 tokens");
    expect(html).toContain(`${PROMPT_CUT}: it is longer than the 4,096 tokens that ${GEMMA} holds`);
    expect(html).not.toContain(TURNS_LEFT_OUT);
    expect(estimate(html)).toMatch(/^About [4-9],\d00 of 4,096 tokens: /);
  });

  test("at the end of a document that streams", async () => {
    const path = await parley.start(tokens(6_005), GEMMA);
    expect(await parley.page(path)).toContain(PROMPT_CUT);
  });

  test("and told apart from messages that were left out", async () => {
    const { path } = await ask(tokens(1_500));
    expect(await say(path, tokens(1_500))).not.toContain(TURNS_LEFT_OUT);
    const left = await say(path, tokens(1_500));
    expect(left).toContain(TURNS_LEFT_OUT);
    expect(left).not.toContain("middle of your prompt");
    const both = await say(path, tokens(6_000));
    expect(both).toContain("Earlier messages and the middle of your prompt were left out");
  });

  test("not of a prompt that fits, nor of one that takes few tokens", async () => {
    expect((await ask(tokens(2_051))).html).not.toContain(PROMPT_CUT);
    await stop();
    await start();
    ollama.models = ollama.models.map((model) => ({ ...model, charactersPerToken: 8 }));
    expect((await ask(tokens(6_005))).html).not.toContain(PROMPT_CUT);
  });
});

describe("a host before 0.30, which does not count what is in its cache", () => {
  beforeEach(async () => {
    await stop();
    await start({ version: "0.24.0" });
  });

  test("raises no alarm as long as the conversation fits", async () => {
    const { path } = await ask(tokens(2_000));
    const html = await say(path, "And?");
    expect(html).toMatch(/<dt>Read<\/dt><dd>\d\d tokens/);
    expect(html).not.toContain(TURNS_LEFT_OUT);
    expect(estimate(html)).toMatch(/^About 2,000 of 4,096 tokens/);
    await parley.post(actionIn(html, "regenerate"), {});
    await parley.page(path);
    expect(await parley.page(path)).not.toContain(TURNS_LEFT_OUT);
  });

  test("teaches no false ratio", async () => {
    const { path } = await ask(tokens(3_000));
    await say(path, tokens(500));
    expect(estimate(await parley.page("/?model=gemma3:4b"))).toBe("About 0 of 4,096 tokens, 0 %");
    expect(await parley.page("/?model=gemma3:4b")).toContain('data-each="0.251"');
  });

  test("is still told where the prompt was cut", async () => {
    expect((await ask(tokens(6_005))).html).toContain(PROMPT_CUT);
  });
});

describe("what a model has counted", () => {
  test("is what the next conversation with it is estimated by, and no other model", async () => {
    ollama.models = ollama.models.map((model) => ({ ...model, charactersPerToken: 2 }));
    await ask(tokens(800));
    await parley.post("/settings", { system: "x".repeat(2_000) });
    expect(estimate(await parley.page("/?model=gemma3:4b"))).toMatch(/^About 1,000 of 4,096/);
    expect(estimate(await parley.page("/?model=qwen3:8b"))).toMatch(/^About 500 of 8,192/);
  });

  test("is not taken from an import", async () => {
    const { path } = await ask(tokens(1_200));
    const file = JSON.parse(await (await parley.fetch(`${path}.json`)).text());
    const json = JSON.stringify(file).replace(/"promptTokens":\s*\d+/g, '"promptTokens":4000');
    await stop();
    await start();
    const body = new FormData();
    body.append("file", new File([json], "conversation.json"));
    const sent = await parley.fetch("/imports", { method: "POST", body });
    expect(sent.status).toBe(303);
    await expect.poll(() => parley.page("/conversations")).toContain("word word");
    expect(await parley.page("/?model=gemma3:4b")).toContain('data-each="0.250"');
    expect(await parley.page("/?model=gemma3:4b")).not.toContain("data-of");
  });

  test("outlives a restart", async () => {
    await ask(tokens(1_500));
    await parley.restart();
    const html = await parley.page("/?model=gemma3:4b");
    expect(html).toContain('data-of="4096"');
  });
});

describe("the composer warns before sending", () => {
  const long = "x".repeat(255 * 1_024);

  test("on the branch as it stands", async () => {
    const { path } = await ask(tokens(2_000));
    const html = await say(path, tokens(3_000));
    expect(estimate(html)).toBe(
      "About 5,000 of 4,096 tokens: the oldest messages will be left out",
    );
  });

  test("of a prompt that came back, of its files too, on the first page and in a conversation", async () => {
    const { path } = await ask("Hello");
    const bad = new File([new Uint8Array([0, 1, 2, 3])], "bad.bin");
    const good = new File([tokens(6_000)], "notes.txt");
    for (const where of ["/conversations", `${path}/messages`]) {
      const refused = await sendFiles(where, "What is this?", [good, bad]);
      expect(refused.status).toBe(422);
      const html = await refused.text();
      expect(estimate(html)).toMatch(/^About 6,000 of 4,096 tokens: your prompt alone is too long/);
      expect(html).toMatch(/data-kind="text" data-characters="2\d{4}"/);
    }
    const picture = new File([new Uint8Array(png(40, 30))], "tide.png");
    const html = await (
      await sendFiles("/conversations", long.slice(0, 4_000), [picture, bad])
    ).text();
    expect(estimate(html)).toMatch(/^About 1,800 of 4,096 tokens/);
  });

  test("of instructions that leave no room", async () => {
    await ask("Hello");
    await parley.post("/settings", { system: "Be brief. ".repeat(2_000) });
    expect(estimate(await parley.page("/?model=gemma3:4b"))).toContain("too long");
  });
});

test("files count in the estimate of a conversation, pictures apart from text", async () => {
  const notes = new File([tokens(1_000)], "notes.txt");
  const picture = new File([new Uint8Array(png(40, 30))], "tide.png");
  const response = await sendFiles("/conversations", "What is this?", [notes, picture]);
  const path = response.headers.get("location") ?? "";
  ollama.always({ refuse: { status: 500, error: "no" } });
  await parley.page(path);
  expect(estimate(await parley.page(path, SCRIPT))).toMatch(/^About 1,800/);
});

describe("a context that was shifted while the answer was written", () => {
  test("is told, and no share passes 100 %", async () => {
    await parley.post("/settings", { num_ctx: "256" });
    const stats = { prompt_eval_count: 22, eval_count: 2_548 };
    ollama.always({ chunks: [tokens(2_548)], stats, end: "length" });
    const { html } = await ask("Go on for ever", "qwen3:8b");
    expect(html).toContain(`${BEGINNING_LOST} while this was written`);
    expect(html).toContain("<dt>Context</dt><dd>256 of 256 tokens</dd>");
    expect(estimate(html)).toBe("About 2,600 of 256 tokens: the oldest messages will be left out");
    const shares = [...html.matchAll(/(\d+) %/g)].map(([, share]) => Number(share));
    expect(shares.filter((share) => share > 100)).toEqual([]);
  });

  test("is not suspected of one that just fits", async () => {
    await parley.post("/settings", { num_ctx: "256" });
    ollama.always({ chunks: ["Fine."], stats: { prompt_eval_count: 22, eval_count: 234 } });
    expect((await ask("Hello", "qwen3:8b")).html).not.toContain(BEGINNING_LOST);
  });
});

describe("a page has one share of the context", () => {
  test("with what an answer took beside it in tokens", async () => {
    ollama.always({ thinking: [tokens(100)], chunks: [tokens(400)], stats: { eval_count: 500 } });
    const { html } = await ask(tokens(1_000), "qwen3:8b");
    expect(html).toContain("<dt>Context</dt><dd>1,509 of 8,192 tokens</dd>");
    const shares = [...html.matchAll(/>[^<]*?(\d+ %)/g)].map(([, share]) => share);
    expect(shares).toEqual(["17 %"]);
  });

  test("which a document that streams has at its end", async () => {
    const path = await parley.start(tokens(1_500), GEMMA);
    const streamed = await parley.page(path);
    expect(streamed.match(/id="context"/g)).toHaveLength(1);
    expect(estimate(streamed)).toBe("About 1,500 of 4,096 tokens, 37 %");
    expect(estimate(await parley.page(path))).toBe(estimate(streamed));
  });
});
