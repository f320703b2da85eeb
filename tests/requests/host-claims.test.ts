import { Database } from "bun:sqlite";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { HOST_MODELS, MODEL_NAME_CHARACTERS, MODELS_SHOWN_AT_ONCE } from "../../app/limits";
import { asDocument, lineOf, raw, redirectTo } from "../ollama/bad-replies";
import { startScriptedOllama } from "../ollama/host";
import { actionIn, answersOf, readUntil } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

/** What a host sends is a claim: nothing in it breaks a page, and nothing of a prompt follows it elsewhere. */
let parley: TestParley;

beforeEach(async () => {
  parley = await startParley({ settings: { parallel: 4, queue: 10, demo: "off" } });
});
afterEach(() => parley[Symbol.asyncDispose]());

const listed = (...models: unknown[]) =>
  parley.ollama.replyWith("/api/tags", asDocument(raw(JSON.stringify({ models }))));

/** A page that ends, with its status. */
async function pageOf(path: string): Promise<string> {
  const response = await parley.fetch(path);
  expect(response.status, path).toBe(200);
  return response.text();
}

describe("a redirect is not followed", () => {
  test("with a prompt", async () => {
    await using other = await startParley();
    parley.ollama.replyWith("/api/chat", redirectTo(`${other.ollama.url}/api/chat`));
    const html = await pageOf(await parley.start("My secret"));
    expect(html).toContain('data-code="redirected"');
    expect(html).toContain("Parley does not follow");
    expect(html).toContain(other.ollama.url);
    expect(other.ollama.requests.filter(({ path }) => path === "/api/chat")).toEqual([]);
  });

  test("with the list of models, and the page says what answers", async () => {
    parley.ollama.replyWith("/api/tags", redirectTo("https://login.example.org/?next=%2F", 302));
    await parley.restart();
    await vi.waitFor(async () => {
      const html = await pageOf("/");
      expect(html).toContain("but not as Ollama does.");
      expect(html).toContain("redirect to https://login.example.org.");
    });
  });
});

describe("an answer's figures", () => {
  const absurd: [what: string, figures: string][] = [
    [
      "of another type",
      '"done_reason":{"why":1},"eval_count":"many","prompt_eval_count":1e400,"total_duration":[]',
    ],
    [
      "negative or broken",
      '"done_reason":7,"eval_count":-3,"eval_duration":-1,"prompt_eval_count":2.5',
    ],
    [
      "too large",
      '"eval_count":9007199254740993,"eval_duration":1e300,"load_duration":null,"total_duration":1e400',
    ],
    [
      "too long or too small",
      `"done_reason":"${"x".repeat(5_000)}","eval_count":true,"eval_duration":1e-300`,
    ],
  ];

  test.each(absurd)("are left out where they are %s", async (_, figures) => {
    const last = `{"message":{"role":"assistant","content":""},"done":true,${figures}}\n`;
    parley.ollama.replyWith("/api/chat", raw(lineOf("All is well.") + last));
    const path = await parley.start("Hello");
    const html = await pageOf(path);
    expect(answersOf(html).at(-1)).toContain("All is well.");
    expect(await pageOf(path)).toContain("All is well.");
    const file = new Database(join(parley.folder, "parley.db"));
    const row = file.query("select * from generations").get() as Record<string, unknown>;
    file.close();
    expect(row).toMatchObject({ state: "finished", done_reason: null, answer_tokens: null });
    expect(row).toMatchObject({ prompt_tokens: null, total_ms: null, load_ms: null });
  });

  test("that are stored already, whatever they are, never break a page", async () => {
    const path = await parley.start("Hello");
    await pageOf(path);
    const columns = [
      ...["first_token_ms", "prompt_tokens", "answer_tokens", "total_ms", "load_ms"],
      ...["prompt_ms", "answer_ms", "context_tokens"],
    ];
    const file = new Database(join(parley.folder, "parley.db"));
    const values = ["1e-300", "9e999", "-9e999", "'Infinity'", "'many'", "-1", "0", "1e300"];
    for (const value of values) {
      for (const dropped of [0, 1]) {
        const all = columns.map((column) => `${column} = ${value}`).join(", ");
        file.run(`update generations set ${all}, turns_dropped = ${dropped}`);
        const html = await pageOf(path);
        expect(html, value).toContain("scripted");
        expect(html, value).not.toMatch(/NaN|Infinity|∞/);
      }
    }
    file.close();
  });
});

describe("an answer's lines", () => {
  const answered = async (body: string) => {
    parley.ollama.replyWith("/api/chat", raw(body));
    return pageOf(await parley.start("Hello"));
  };
  const done = '{"done":true}\n';

  test("may hold fields and values of a wrong type", async () => {
    const odd = '{"message":"Hi","done":"no"}\n{"message":{"content":{"a":1},"thinking":3}}\n[]\n';
    const html = await answered(odd + lineOf("Still here.") + done);
    expect(answersOf(html).at(-1)).toContain("Still here.");
  });

  test("may hold half a surrogate", async () => {
    const html = await answered(lineOf("Tide \ud83c") + done);
    expect(answersOf(html).at(-1)).toContain("Tide �");
  });

  test.each(["<html>", "null", '"text"', "{"])("that say %s end it with a reason", async (line) => {
    const html = await answered(`${lineOf("Half")}${line}\n${done}`);
    expect(html).toContain('data-code="garbled"');
    expect(html).toContain("not a JSON object");
    expect(answersOf(html).at(-1)).toContain("Half");
  });

  test("that are compressed against our wish are not unpacked", async () => {
    const headers = { "Content-Type": "application/x-ndjson", "Content-Encoding": "gzip" };
    parley.ollama.replyWith("/api/chat", raw("not gzip at all", { headers }));
    expect(await pageOf(await parley.start("Hello"))).toContain("The reply is compressed");
  });
});

describe("a list of models", () => {
  const name = (n: number) => `model-${n}:1b`;
  const digest = (n: number) => String(n).padStart(64, "0");

  test("is read up to a limit, and asked about a few at a time", async () => {
    listed(
      ...Array.from({ length: HOST_MODELS + 1 }, (_, n) => ({ name: name(n), digest: digest(n) })),
    );
    await parley.restart();
    const last = name(HOST_MODELS - 1);
    await vi.waitFor(async () => expect(await pageOf("/settings")).toContain(last), 10_000);
    expect(await pageOf("/settings")).not.toContain(name(HOST_MODELS));
    const shows = parley.ollama.requests.filter(({ path }) => path === "/api/show");
    const beside = shows.map(
      ({ at }) => shows.filter(({ at: from, finished = at }) => from <= at && finished > at).length,
    );
    expect(shows.length).toBeGreaterThanOrEqual(HOST_MODELS);
    expect(Math.max(...beside)).toBeLessThanOrEqual(MODELS_SHOWN_AT_ONCE);
  });

  test("leaves out names that are too long, no text or no whole characters", async () => {
    const longest = "n".repeat(MODEL_NAME_CHARACTERS);
    listed({ name: "half\ud83c:1b" }, { name: 7 }, "text", null, { name: `${longest}n` });
    await parley.restart();
    await vi.waitFor(async () => expect(await pageOf("/")).toContain("has no model yet"));
    listed({ name: "half\ud83c:1b" }, { name: longest, digest: 3 });
    await parley.restart();
    await vi.waitFor(async () => expect(await pageOf("/settings")).toContain(longest));
    for (const path of ["/", "/settings", "/conversations"]) {
      expect(await pageOf(path)).not.toContain("half");
    }
  });

  test("that is no list, and descriptions that are none, break nothing", async () => {
    for (const body of ["", "<html>", "3", "null", '{"models":{}}', '{"models":[[]]}']) {
      parley.ollama.replyWith("/api/tags", asDocument(raw(body)));
      await parley.restart();
      await pageOf("/");
      await pageOf("/settings");
    }
    parley.ollama.replyWith("/api/tags", undefined);
    const odd = raw('{"capabilities":7,"template":{},"model_info":[1]}');
    parley.ollama.replyWith("/api/show", asDocument(odd));
    await parley.restart();
    await vi.waitFor(async () => expect(await pageOf("/settings")).toContain("gemma3:4b"));
  });
});

describe("a busy host", () => {
  const busy = {
    status: 503,
    error: "server busy, please try again.  maximum pending requests exceeded",
  };

  test("gets six prompts at once one after the other, though it queues only one", async () => {
    const ollama = await startScriptedOllama({ everyMs: 1, maxQueue: 1 });
    for (const model of ollama.models) model.loadMs = 300;
    await using host = await startParley({ ollama, settings: { parallel: 6, demo: "off" } });
    const paths = await Promise.all(Array.from({ length: 6 }, (_, n) => host.start(`Prompt ${n}`)));
    for (const [n, path] of paths.entries()) {
      const html = await host.page(path);
      expect(html, path).toContain(`“Prompt ${n}”`);
      expect(html, path).not.toContain("data-code");
    }
    const refused = host.ollama.chats().length - 6;
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(20);
    await ollama.stop();
  }, 30_000);

  test("is asked again, the page says so meanwhile, and Stop takes the prompt back", async () => {
    parley.ollama.always({ refuse: busy });
    const path = await parley.start("Hello");
    const begun = await readUntil(await parley.fetch(path), (text) =>
      text.includes("First in the queue: Ollama is busy"),
    );
    await parley.post(actionIn(begun, "stop", "any query"), {});
    expect(await pageOf(path)).toContain("Stopped");
    const asked = parley.ollama.chats().length;
    await Bun.sleep(1_200);
    expect(parley.ollama.chats().length).toBe(asked);
  });

  test("is asked again after a restart", async () => {
    parley.ollama.always({ refuse: busy });
    const path = await parley.start("Hello");
    const refusals = () => parley.log.filter(({ event }) => event === "host busy").length;
    await vi.waitFor(() => expect(refusals()).toBe(2), 3_000);
    await parley.restart();
    parley.ollama.always({ chunks: ["At last."] });
    expect(await pageOf(path)).toContain("At last.");
  });
});
