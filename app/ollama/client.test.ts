import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  ANSWER_BYTES,
  HOST_ERROR_BYTES,
  HOST_JSON_BYTES,
  HOST_JSON_VALUES,
  LINE_BYTES,
  MODEL_SYSTEM_CHARACTERS,
} from "~/limits";
import { asDocument, lineOf, raw } from "../../tests/ollama/bad-replies";
import { type ScriptedOllama, startScriptedOllama } from "../../tests/ollama/host";
import { type ChatEvent, type ChatLimits, type OllamaHost, ollamaHost, sameModel } from "./client";
import { failureFrom, OllamaFailure } from "./failure";

let scripted: ScriptedOllama;
let host: OllamaHost;
const never = new AbortController().signal;
const ask = { model: "gemma3:4b", messages: [{ role: "user", content: "Hello" }] };

beforeAll(async () => {
  scripted = await startScriptedOllama({ everyMs: 1 });
  host = ollamaHost(scripted.url);
});
afterAll(() => scripted.stop());
afterEach(() => vi.restoreAllMocks());

async function read(signal = never, chat = ask): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const some of host.chat(chat, signal)) events.push(...some);
  return events;
}

function texts(events: ChatEvent[], kind: "thinking" | "content"): string {
  return events.map((event) => (event.kind === kind ? event.text : "")).join("");
}

async function failure(call: Promise<unknown>): Promise<OllamaFailure> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OllamaFailure);
  return error as OllamaFailure;
}

async function eventually(what: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(what()).toBe(true), { timeout: 5_000, interval: 5 });
}

describe("a chat", () => {
  test("gives thinking, then text, then what Ollama reports", async () => {
    scripted.next({ thinking: ["17", " times 20"], chunks: ["**391**", " <b>"] });
    const events = await read(never, { ...ask, model: "qwen3:8b" });
    expect(texts(events, "thinking")).toBe("17 times 20");
    expect(texts(events, "content")).toBe("**391** <b>");
    const done = events.at(-1);
    expect(done).toMatchObject({ kind: "done", report: { doneReason: "stop" } });
    if (done?.kind !== "done") throw new Error("no report");
    expect(done.report.answerTokens).toBeGreaterThan(0);
    expect(done.report.totalMs).toBeGreaterThan(0);
    expect(done.report.totalMs).toBeLessThan(10_000);
  });

  test("tolerates fields that nobody knows", async () => {
    scripted.next({ chunks: ["ok"], extra: { novelty: { deep: [1] } } });
    expect(texts(await read(), "content")).toBe("ok");
  });

  test("takes leaked think tags for thinking", async () => {
    scripted.next({ chunks: ["<thi", "nk>", "\nLet", " me</th", "ink>", "\n\nHi"] });
    const events = await read();
    expect(texts(events, "thinking")).toBe("\nLet me");
    expect(texts(events, "content")).toBe("Hi");
  });

  test("that is aborted before headers come throws the abort and frees the host", async () => {
    scripted.next({ loadMs: 60_000, chunks: ["late"] });
    const abort = new AbortController();
    const reading = read(abort.signal).then(
      () => "finished",
      () => "aborted",
    );
    await eventually(() => scripted.active() === 1);
    abort.abort();
    expect(await reading).toBe("aborted");
    await eventually(() => scripted.active() === 0);
  });

  test("that is left in the middle frees the host", async () => {
    scripted.next({ chunks: ["one", "two"], holdAfter: 1 });
    for await (const events of host.chat(ask, never)) {
      expect(events).toEqual([{ kind: "content", text: "one" }]);
      break;
    }
    await eventually(() => scripted.active() === 0);
  });
});

describe("a chat that goes wrong", () => {
  test("with an error line keeps the text and gives the host's words", async () => {
    scripted.next({
      chunks: ["The first"],
      end: { error: "an error was encountered while running the model: unexpected EOF" },
    });
    let text = "";
    const reading = (async () => {
      for await (const events of host.chat(ask, never)) text += texts(events, "content");
    })();
    expect(await failure(reading)).toMatchObject({ code: "runner-died" });
    expect(text).toBe("The first");
  });

  for (const end of ["eof", "cut-line", "reset"] as const) {
    test(`with ${end} is cut, and prints nothing of what was said`, async () => {
      const printed = ["log", "warn", "error"] as const;
      const spies = printed.map((name) => vi.spyOn(console, name).mockImplementation(() => {}));
      scripted.next({ chunks: ["half"], end });
      expect(await failure(read())).toMatchObject({ code: "cut" });
      for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    });
  }

  test("with an empty 403 is refused", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    scripted.next({ refuse: { status: 403 } });
    expect(await failure(read())).toMatchObject({ code: "refused", status: 403 });
    expect(log).not.toHaveBeenCalled();
  });

  test("with JSON inside the error string gives the inner message", async () => {
    const message = "request (9079 tokens) exceeds the available context size (4096 tokens)";
    const error = JSON.stringify({
      error: { code: 400, message, type: "exceed_context_size_error" },
    });
    scripted.next({ refuse: { status: 400, error, contentType: "application/json" } });
    expect(await failure(read())).toMatchObject({ code: "context-exceeded", message });
  });

  test("because nobody listens is unreachable", async () => {
    await scripted.goAway();
    expect(await failure(read())).toMatchObject({ code: "unreachable" });
    await scripted.comeBack();
  });
});

describe("an answer has limits", () => {
  const done = '{"done":true,"done_reason":"stop"}\n';
  const answered = async (body: string, limits?: ChatLimits) => {
    scripted.replyWith("/api/chat", raw(body));
    const events: ChatEvent[] = [];
    try {
      for await (const some of host.chat(ask, never, limits)) events.push(...some);
    } finally {
      scripted.replyWith("/api/chat", undefined);
    }
    return events;
  };
  const end = (events: ChatEvent[]) => events.find(({ kind }) => kind === "done");

  test("of all its text, whole characters only", async () => {
    const limits = { thinking: 10, content: 10 };
    const fits = await answered(lineOf("0123456789") + done, limits);
    expect(texts(fits, "content")).toBe("0123456789");
    expect(end(fits)).toMatchObject({ report: { doneReason: "stop" } });
    const cut = await answered(lineOf("01234567") + lineOf("潮汐") + lineOf("x") + done, limits);
    expect(texts(cut, "content")).toBe("01234567");
    expect(end(cut)).toMatchObject({ report: { doneReason: "length", answerTokens: null } });
  });

  test("of 4 MiB where nobody says otherwise", async () => {
    const part = "x".repeat(ANSWER_BYTES / 8);
    const longest = {
      content: lineOf(part).repeat(8),
      thinking: lineOf("", { message: { thinking: part } }).repeat(8),
    };
    const fits = await answered(longest.thinking + longest.content + done);
    expect(end(fits)).toMatchObject({ report: { doneReason: "stop" } });
    for (const kind of ["content", "thinking"] as const) {
      expect(texts(fits, kind)).toHaveLength(ANSWER_BYTES);
      const more = lineOf("", { message: { [kind]: "x" } });
      const cut = await answered(longest[kind] + more + done);
      expect(texts(cut, kind)).toHaveLength(ANSWER_BYTES);
      expect(end(cut)).toMatchObject({ report: { doneReason: "length" } });
    }
  });

  test("of each line", async () => {
    const longestText = LINE_BYTES - lineOf("").trimEnd().length;
    const longest = await answered(lineOf("x".repeat(longestText)) + done);
    expect(texts(longest, "content")).toHaveLength(longestText);
    expect(await failure(answered(lineOf("x".repeat(longestText + 1)) + done))).toMatchObject({
      code: "garbled",
      message: "The host sent more than 1 MiB in one line.",
    });
  });

  test("of the values in a line", async () => {
    // The object and the list are values too.
    const values = (count: number) => `{"more":[${Array(count - 2).fill(0)}]}\n`;
    expect(end(await answered(values(HOST_JSON_VALUES) + done))).toBeDefined();
    expect(await failure(answered(values(HOST_JSON_VALUES + 1) + done))).toMatchObject({
      code: "garbled",
      message: "The host sent more than 100,000 values at once.",
    });
  });
});

describe("an error has a limit", () => {
  test("up to which it is kept whole", async () => {
    const longest = "n".repeat(HOST_ERROR_BYTES);
    for (const error of [longest, `${longest}o`]) {
      scripted.replyWith("/api/chat", raw(error, { status: 500 }));
      expect((await failure(read())).message).toBe(longest);
      scripted.replyWith("/api/chat", raw(`${JSON.stringify({ error })}\n`));
      expect((await failure(read())).message).toBe(longest);
    }
    scripted.replyWith("/api/chat", undefined);
  });

  test("before the answer and in it", async () => {
    scripted.next({ refuse: { status: 500, error: "no!".repeat(100_000) } });
    const whole = await failure(read());
    expect(Buffer.byteLength(whole.message)).toBe(HOST_ERROR_BYTES);
    scripted.next({ chunks: ["x"], end: { error: "潮".repeat(100_000) } });
    const late = await failure(read());
    expect(late.message).toBe("潮".repeat(Math.floor(HOST_ERROR_BYTES / 3)));
  });

  test("and takes no time to be understood", async () => {
    const begun = performance.now();
    expect(failureFrom("model ".repeat(200_000)).code).toBe("said-no");
    expect(performance.now() - begun).toBeLessThan(250);
  });
});

describe("what a host offers", () => {
  test("is listed with digests", async () => {
    const names = (await host.list(never)).map(({ name }) => name);
    expect(names).toContain("qwen3:8b");
  });

  test("is described by show, which knows more than tags", async () => {
    const details = await host.show("hf.co/acme/owl-jinja:Q4_K_M", never);
    expect(details.capabilities).toContain("thinking");
  });

  test("is read up to a limit", async () => {
    const calls = {
      "/api/tags": () => host.list(never),
      "/api/show": () => host.show("gemma3:4b", never),
      "/api/ps": () => host.loaded("gemma3:4b", never),
    };
    for (const [path, call] of Object.entries(calls)) {
      const longest = '{"models":[]}'.padEnd(HOST_JSON_BYTES);
      scripted.replyWith(path, asDocument(raw(longest)));
      await call();
      scripted.replyWith(path, asDocument(raw(`${longest} `)));
      expect(await failure(call()), path).toMatchObject({
        code: "garbled",
        message: "The host sent more than 1 MiB at once.",
      });
      scripted.replyWith(path, undefined);
    }
  });

  test("keeps the beginning of a model's own instructions", async () => {
    const longest = "s".repeat(MODEL_SYSTEM_CHARACTERS);
    const kept: [system: string, beginning: string][] = [
      [longest, longest],
      [`${longest}s`, longest],
      [`${longest.slice(1)}🌊`, longest.slice(1)],
    ];
    for (const [system, beginning] of kept) {
      scripted.replyWith("/api/show", asDocument(raw(JSON.stringify({ system }))));
      expect((await host.show("gemma3:4b", never)).ownSystem).toBe(beginning);
    }
    scripted.replyWith("/api/show", undefined);
  });

  test("a model is not loaded while it is being loaded, and is after", async () => {
    const fresh = await startScriptedOllama({ everyMs: 1 });
    const other = ollamaHost(fresh.url);
    fresh.next({ loadMs: 150, chunks: ["x"] });
    const reading = (async () => {
      for await (const _ of other.chat(ask, never));
    })();
    await eventually(() => fresh.active() === 1);
    expect(await other.loaded("gemma3:4b", never)).toBeUndefined();
    await reading;
    expect(await other.loaded("GEMMA3:4b", never)).toMatchObject({ contextTokens: 4096 });
    await fresh.stop();
  });
});

test("names are the same without case and with the tag that is meant", () => {
  expect(sameModel("Llama3", "llama3:latest")).toBe(true);
  expect(sameModel("llama3:8b", "llama3")).toBe(false);
  expect(sameModel("hf.co/acme/owl", "hf.co/acme/owl:latest")).toBe(true);
});
