import { afterEach, expect, test, vi } from "vitest";
import type { ChatBody, RecordedRequest } from "../ollama/host";
import { type HostOptions, type ScriptedOllama, startScriptedOllama } from "../ollama/host";
import { titleOf } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;
let ollama: ScriptedOllama;

async function start(host: HostOptions, quietMs = 50): Promise<void> {
  ollama = await startScriptedOllama({ everyMs: 1, maxLoaded: 1, ...host });
  ollama.always((chat) => ({ chunks: isTitle(chat) ? ["Made", " title"] : ["Twice", " a day."] }));
  parley = await startParley({ settings: { titles: true }, ollama, quietMs });
}
afterEach(async () => {
  await parley[Symbol.asyncDispose]();
  await ollama.stop();
});

const isTitle = ({ messages }: ChatBody) => messages[0]?.content.startsWith("Name th") ?? false;
const chat = ({ body }: RecordedRequest) => body as ChatBody;
const titles = () => ollama.chats().filter((request) => isTitle(chat(request)));

async function converse(prompt: string, model: string): Promise<string> {
  const path = await parley.start(prompt, model);
  await parley.page(path);
  return path;
}

async function say(path: string, prompt: string, model: string): Promise<void> {
  await parley.post(`${path}/messages`, { prompt, model });
  await parley.page(path);
}

const titleAt = async (path: string) => titleOf(await parley.page(path));

/** Waits until no title is expected any more. */
async function settled(path: string): Promise<void> {
  const look = async () => expect(await parley.page(path)).not.toContain('class="auto-refresh"');
  await vi.waitFor(look, { timeout: 5_000 });
}

const running = async () => {
  const { models } = (await (await fetch(`${ollama.url}/api/ps`)).json()) as {
    models: { name: string; expires_at: string; context_length: number }[];
  };
  return models;
};

test("with one model in memory, no title loads or evicts one, or delays a prompt by more than a batch", async () => {
  const batchMs = 300;
  await start({ batchMs });
  const models = ["gemma3:4b", "qwen3:8b"];
  const paths: string[] = [];
  for (const [turn, pause] of [0, 120, 0, 90, 200, 0, 60, 400, 70, 110, 0, 160].entries()) {
    const model = models[(turn * 7) % 3 === 1 ? 1 : 0] ?? "";
    if (turn % 3 === 2) await say(paths.at(-1) ?? "", "And then?", model);
    else paths.push(await converse(`Why is number ${turn} odd?`, model));
    await Bun.sleep(pause);
  }
  await settled(paths.at(-1) ?? "");
  expect(titles().length).toBeGreaterThan(1);
  expect(titles().flatMap(({ load }) => load ?? [])).toEqual([]);
  const prompts = ollama.chats().filter((request) => !isTitle(chat(request)));
  expect(prompts.filter(({ load }) => load).length).toBeGreaterThan(3);
  const waits = prompts.map(({ at, begun = Number.POSITIVE_INFINITY }) => begun - at);
  expect(Math.max(...waits)).toBeLessThanOrEqual(batchMs);
  expect(await Promise.all(paths.map(titleAt))).toContain("Made title");
}, 20_000);

test("a prompt waits for a title that is being read, which is less than half a batch", async () => {
  const batchMs = 1_500;
  await start({ batchMs });
  ollama.next({ chunks: ["Twice a day. ".repeat(200)] });
  await converse("Why? ".repeat(200), "gemma3:4b");
  await vi.waitFor(() => expect(titles()).toHaveLength(1));
  await converse("What else?", "gemma3:4b");
  const [title] = titles();
  expect(title?.closedByClient).toBeGreaterThan(0);
  const prompt = ollama.chats().findLast((request) => !isTitle(chat(request)));
  expect((prompt?.begun ?? 0) - (prompt?.at ?? 0)).toBeLessThan(batchMs / 2);
}, 10_000);

test("a title whose model has left memory is given up, and nothing is loaded for it", async () => {
  await start({}, 300);
  const first = await converse("Why are there tides?", "gemma3:4b");
  const second = await converse("Why is the sky blue?", "qwen3:8b");
  await settled(first);
  expect(await titleAt(first)).toBe("Why are there tides?");
  expect(await titleAt(second)).toBe("Made title");
  expect(titles().map((request) => chat(request).model)).toEqual(["qwen3:8b"]);
  expect((await running()).map(({ name }) => name)).toEqual(["qwen3:8b"]);
});

test("a title has the context that is loaded now, not that of its answer", async () => {
  await start({}, 300);
  await parley.post("/settings", { num_ctx: "8192" });
  const first = await converse("Why are there tides?", "gemma3:4b");
  await parley.post("/settings", { num_ctx: "16384" });
  await converse("Why is the sky blue?", "gemma3:4b");
  await settled(first);
  expect(titles().map((request) => chat(request).options.num_ctx)).toEqual([16384, 16384]);
  expect(titles().flatMap(({ load }) => load ?? [])).toEqual([]);
});

test("a title sets no context where the answer set none", async () => {
  await start({});
  await settled(await converse("Why are there tides?", "gemma3:4b"));
  expect(titles()).toHaveLength(1);
  expect(chat(titles()[0] as RecordedRequest).options).not.toHaveProperty("num_ctx");
});

test("a title leaves the time in memory as it was set last", async () => {
  await start({}, 300);
  await parley.post("/settings", { keep_alive: "2h" });
  const path = await converse("Why are there tides?", "gemma3:4b");
  await parley.post("/settings", { keep_alive: "1h" });
  await converse("Why is the sky blue?", "gemma3:4b");
  await settled(path);
  expect(titles().every((request) => chat(request).keep_alive === undefined)).toBe(true);
  const [model] = await running();
  const left = Date.parse(model?.expires_at ?? "") - Date.now();
  expect(left).toBeGreaterThan(3_500_000);
  expect(left).toBeLessThanOrEqual(3_600_000);
});

test("a model that is about to leave memory is asked for no title", async () => {
  await start({});
  await parley.post("/settings", { keep_alive: "5s" });
  const path = await converse("Why are there tides?", "gemma3:4b");
  await settled(path);
  expect(titles()).toEqual([]);
});

test("a title waits until nobody has asked anything for a while", async () => {
  await start({}, 1_500);
  const path = await converse("Why are there tides?", "gemma3:4b");
  for (let turn = 0; turn < 4; turn++) {
    await Bun.sleep(200);
    await say(path, "And?", "gemma3:4b");
    expect(titles()).toEqual([]);
  }
  await settled(path);
  expect(titles()).toHaveLength(1);
});

test("a title that is interrupted twice is given up", async () => {
  await start({});
  ollama.always((body) =>
    isTitle(body) ? { chunks: ["Never", " done"], holdAfter: 1 } : { chunks: ["Twice a day."] },
  );
  const path = await converse("Why are there tides?", "gemma3:4b");
  for (const count of [1, 2]) {
    await vi.waitFor(() => expect(titles()).toHaveLength(count));
    await say(path, "And?", "gemma3:4b");
  }
  await settled(path);
  await Bun.sleep(150);
  expect(titles()).toHaveLength(2);
  expect(await titleAt(path)).toBe("Why are there tides?");
});
