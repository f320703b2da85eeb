import { Database } from "bun:sqlite";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Scenario } from "../ollama/host";
import { actionIn, attributeIn, found, readUntil, textOf } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley({ settings: { parallel: 1, queue: 1, demo: "off" } });
});
afterEach(() => parley[Symbol.asyncDispose]());

const page = (path: string, headers?: HeadersInit) => parley.page(path, headers);

describe("how Ollama can fail is told where the answer would be", () => {
  const FAILURES: [
    name: string,
    scenario: Scenario,
    code: string,
    sentence: string,
    detail: string,
  ][] = [
    [
      "model gone",
      { refuse: { status: 404, error: "model 'gemma3:4b' not found" } },
      "model-gone",
      "The host has no model gemma3:4b.",
      "not found",
    ],
    [
      "out of memory",
      {
        refuse: {
          status: 500,
          error: "llama-server process has terminated: cudaMalloc failed: out of memory",
        },
      },
      "out-of-memory",
      "does not fit into the memory",
      "cudaMalloc",
    ],
    [
      "context exceeded",
      {
        refuse: {
          status: 400,
          contentType: "application/json",
          error: JSON.stringify({
            error: {
              code: 400,
              message: "request (9079 tokens) exceeds the available context size (4096 tokens)",
              type: "exceed_context_size_error",
            },
          }),
        },
      },
      "context-exceeded",
      "longer than gemma3:4b can take in",
      "9079 tokens",
    ],
    ["refused", { refuse: { status: 403 } }, "refused", "refuses Parley", "403"],
    ["cut", { chunks: ["Half an ans"], end: "eof" }, "cut", "before it was complete", "last line"],
    [
      "broke off",
      {
        chunks: ["Half an ans"],
        end: { error: "an error was encountered while running the model: unexpected EOF" },
      },
      "runner-died",
      "broke off",
      "unexpected EOF",
    ],
  ];
  for (const [name, scenario, code, sentence, detail] of FAILURES) {
    test(name, async () => {
      parley.ollama.next(scenario);
      const html = await page(await parley.start("My dear prompt"));
      expect(html).toContain(`data-code="${code}"`);
      expect(html).toContain(sentence);
      expect(html).toContain(detail);
      expect(html).toContain("My dear prompt");
      if (scenario.chunks) expect(html).toContain("Half an ans");
      // The next step is a button: once more, or on from here.
      expect(html).toMatch(/action="[^"]*\/(regenerate|continue)"/);
      const again = attributeIn(html, "action", /^.*\/(?:continue|regenerate)$/);
      parley.ollama.next({ chunks: [" mended"] });
      const retried = await parley.post(again, {});
      expect(await page(retried.headers.get("location") ?? "")).toContain("mended");
    });
  }
});

test("Ollama unreachable: the page says so, the prompt is kept, and all is well when it is back", async () => {
  await parley.ollama.goAway();
  const path = await parley.start("Are you there?");
  const html = await page(path);
  expect(html).toContain('data-code="unreachable"');
  expect(html).toContain("Are you there?");
  await vi.waitFor(async () => expect(await page("/")).toContain("reach Ollama at"), 5_000);
  await parley.ollama.comeBack();
  await vi.waitFor(async () => expect(await page("/")).not.toContain("reach Ollama at"), {
    timeout: 10_000,
    interval: 300,
  });
  const again = actionIn(html, "continue");
  parley.ollama.next({ chunks: ["I am."] });
  await parley.post(again, {});
  expect(await page(path)).toContain("I am.");
});

describe("a prompt that cannot be taken comes back with the reason beside it", () => {
  test("empty", async () => {
    const response = await parley.post("/conversations", { prompt: "  \n ", model: "gemma3:4b" });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain("The prompt is empty.");
  });

  test("too long", async () => {
    const prompt = `${"long ".repeat(300_000)}END`;
    const response = await parley.post("/conversations", { prompt, model: "gemma3:4b" });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain("1.4 MiB");
    expect(html).toContain("long END</textarea>");
  });

  test("without a model", async () => {
    const response = await parley.post("/conversations", { prompt: "Keep <me>" });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain("No model is chosen.");
    expect(html).toContain("Keep &lt;me&gt;</textarea>");
  });

  test("empty, in a conversation: on its own page", async () => {
    const path = await parley.start("First");
    const send = actionIn(await page(path), "messages", "a query");
    const response = await parley.post(send, { prompt: " ", model: "gemma3:4b" });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain("The prompt is empty.");
    expect(html).toContain('class="message person ');
  });

  test("queue full: 503, and the text is still in the box", async () => {
    parley.ollama.always({ chunks: ["x"], holdAfter: 1 });
    await parley.start("Runs");
    await parley.start("Waits");
    const response = await parley.post("/conversations", {
      prompt: "Too many",
      model: "gemma3:4b",
    });
    expect(response.status).toBe(503);
    const html = await response.text();
    expect(html).toContain("Too many answers are waiting already.");
    expect(html).toContain("Too many</textarea>");
    expect(await page("/conversations")).not.toContain("Too many");
  });
});

test("the place in the queue is shown, and stopping in the queue takes it out", async () => {
  parley.ollama.always({ chunks: ["x", "y"], holdAfter: 1 });
  await parley.start("Runs");
  const path = await parley.start("Waits");
  const begun = await readUntil(await parley.fetch(path), (text) =>
    text.includes("First in the queue"),
  );
  await parley.post(actionIn(begun, "stop", "any query"), {});
  expect(await page(path)).toContain("Stopped");
  expect(parley.ollama.chats().length).toBe(1);
});

describe("addresses and methods", () => {
  test("an unknown address is a page with the way home", async () => {
    const response = await parley.fetch("/no/such/place");
    expect(response.status).toBe(404);
    const html = await response.text();
    expect(html).toContain("nothing at this address");
    expect(html).toContain('href="/"');
  });

  test("an address that takes a form says so", async () => {
    for (const path of [
      "/conversations/x/pin",
      "/messages/x/continue",
      "/generations/x/stop",
      "/theme",
    ]) {
      const response = await parley.fetch(path);
      expect(response.status, path).toBe(405);
      expect(response.headers.get("allow"), path).toBe("POST");
      expect(await response.text(), path).toContain("takes a form");
    }
  });

  test("a page does not take a form that is not for it", async () => {
    expect((await parley.post("/", { prompt: "x" })).status).toBe(405);
    expect((await parley.post("/healthz", {})).status).toBe(405);
  });

  test("a body that is no form says so", async () => {
    const response = await parley.fetch("/conversations", {
      method: "POST",
      body: "{",
      headers: { "Content-Type": "application/json" },
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("not a form");
  });

  test("HEAD gives the head alone", async () => {
    const response = await parley.fetch("/", { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });
});

test("health is 200 while the database answers, and says how Ollama is", async () => {
  const health = async () => (await parley.fetch("/healthz")).json();
  expect(await health()).toMatchObject({ status: "ok", database: "ok", ollama: "ok" });
  await parley.ollama.goAway();
  parley.ollama.next({ chunks: [] });
  await page(await parley.start("Anyone?"));
  expect(await health()).toMatchObject({ status: "ok", ollama: "unreachable" });
});

test("a fault of our own is told with the id that the log has, and without its inside", async () => {
  const path = await parley.start("Hello");
  await page(path);
  const file = new Database(join(parley.folder, "parley.db"));
  file.run("alter table generations rename to elsewhere");
  file.close();
  const response = await parley.fetch(path);
  expect(response.status).toBe(500);
  const html = await response.text();
  expect(html).toContain("Something went wrong in Parley.");
  expect(html).not.toMatch(/no such table|SQLite/i);
  const id = found(textOf(html, "code"), /^([0-9a-f-]{36})$/);
  expect(parley.log).toContainEqual(expect.objectContaining({ level: "error", id }));
});

test("the page of patterns is not there for people", async () => {
  expect((await parley.fetch("/patterns")).status).toBe(404);
});
