import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ScriptedModel } from "../ollama/host";
import { actionIn, readUntil } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

/** What pages say of a model comes from what its maker has set. */
let parley: TestParley;

beforeEach(async () => {
  parley = await startParley({ settings: { demo: "off" } });
});
afterEach(() => parley[Symbol.asyncDispose]());

const CLOSES = "{{ range .Messages }}<|{{ .Role }}|>{{ .Content }}<|end|>{{ end }}<|assistant|>";

async function offer(...models: Partial<ScriptedModel>[]): Promise<void> {
  parley.ollama.models = models.map((model) => ({
    ...{ name: "mario:1b", capabilities: ["completion"] },
    ...model,
  }));
  await parley.restart();
  await parley.page("/");
}

const defaultsOf = (model: string) =>
  parley.page(`/settings/model?model=${encodeURIComponent(model)}`);

test("the form of options shows what the model's maker has set", async () => {
  await offer({ parameters: "temperature                    0.2\ntop_k   7\nnum_ctx  2048" });
  const html = await defaultsOf("mario:1b");
  expect(html).toContain("Empty: 0.2, as mario:1b has it.");
  expect(html).toContain("Empty: 7, as mario:1b has it.");
  expect(html).toContain("Empty: 2,048, as mario:1b has it.");
  expect(html).toContain("Empty: left to Ollama, usually 0.9.");
  expect(html).toContain("with -1 or -2 Ollama stops at ten times the context length.");
});

test("the form of instructions shows those that the model follows by itself", async () => {
  await offer({ system: `You are Mario. ${"Jump! ".repeat(500)}` });
  const html = await defaultsOf("mario:1b");
  expect(html).toContain("Empty: mario:1b follows its own, “You are Mario. Jump! ");
  await offer({});
  expect(await defaultsOf("mario:1b")).toContain("Empty: none.");
});

describe("Continue", () => {
  const NOTE = "This model starts a new answer instead of continuing.";

  test.each([
    ["says so where the model's template closes an answer", CLOSES, true],
    ["says nothing where nobody knows", "{{ .Prompt }}", false],
  ])("%s", async (_, template, told) => {
    await offer({ template });
    parley.ollama.next({ chunks: ["It's-a me"], end: "length" });
    const path = await parley.start("Who?", "mario:1b");
    await parley.page(path);
    const html = await parley.page(path);
    expect(html).toContain("/continue");
    expect(html.includes(NOTE)).toBe(told);
  });
});

test("the figures after Continue are told to be those of the last part", async () => {
  parley.ollama.next({ chunks: ["Half"], end: "length" });
  const path = await parley.start("Hello");
  await parley.page(path);
  const first = await parley.page(path);
  expect(first).not.toContain("the last part alone");
  parley.ollama.next({ chunks: [" whole."] });
  await parley.post(actionIn(first, "continue"), {});
  await parley.page(path);
  expect(await parley.page(path)).toContain("the last part alone");
});

test("an embedding model is said to be no chat model, not to be absent", async () => {
  const html = await parley.page(await parley.start("Hello", "nomic-embed-text"));
  expect(html).toContain('data-code="not-a-chat-model"');
  expect(html).toContain("nomic-embed-text cannot hold a conversation.");
});

test("a second name of the weights in memory is not said to be loading", async () => {
  const weights = { digest: `sha256:${"7".repeat(64)}`, size: 1_000_000_000 };
  await offer(
    { name: "slow:1b", layers: [weights] },
    { name: "endless:1b", layers: [weights], parameters: "temperature 1" },
  );
  parley.ollama.next({ chunks: ["Fine."] });
  await parley.page(await parley.start("Hello", "slow:1b"));
  parley.ollama.next({ promptMs: 3_000, chunks: ["Fine."] });
  const said = await readUntil(
    await parley.fetch(await parley.start("Hello", "endless:1b")),
    (text) => /(Loading|Waiting for) endless:1b, 1 s/.test(text),
  );
  expect(said).not.toContain("Loading");
});

test("the details of a lost connection have no advice to programmers", async () => {
  parley.ollama.next({ chunks: ["Half"], end: "reset" });
  const html = await parley.page(await parley.start("Hello"));
  expect(html).toContain('data-code="cut"');
  expect(html).not.toMatch(/verbose|fetch\(\)/);
});
