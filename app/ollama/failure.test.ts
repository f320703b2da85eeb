import { describe, expect, test } from "vitest";
import { connectionFailure, type FailureCode, failureFrom } from "./failure";

/** Messages of a real server (0.33). */
const MESSAGES: [status: number | undefined, text: string, code: FailureCode][] = [
  [404, "model 'nope' not found", "model-gone"],
  [404, 'model "X" not found, try pulling it first', "model-gone"],
  [404, "404 page not found", "model-gone"],
  [400, '"gemma3:4b" does not support thinking', "no-thinking"],
  [400, '"nomic-embed-text" does not support chat', "not-a-chat-model"],
  [503, "server busy, please try again.  maximum pending requests exceeded", "busy"],
  [403, "", "refused"],
  [401, "unauthorized", "sign-in"],
  [429, "you (demo) have reached your session usage limit, upgrade for higher limits", "limit"],
  [
    500,
    "llama-server process has terminated: exit status 1: cudaMalloc failed: out of memory\nerror loading model: unable to allocate CUDA0 buffer",
    "out-of-memory",
  ],
  [500, "llama-server process has terminated: signal: killed", "out-of-memory"],
  [500, "model requires more system memory (8.4 GiB) than is available (5.1 GiB)", "out-of-memory"],
  [
    500,
    'tensor "blk.0.attn_output.weight" offset+size (310080) exceeds file size (300000)',
    "model-broken",
  ],
  [
    500,
    "unable to load model: this model may be incompatible with your version of Ollama. If you previously pulled this model, try updating it by running `ollama pull X`",
    "model-broken",
  ],
  [
    500,
    "model runner has unexpectedly stopped, this may be due to resource limitations or an internal error",
    "runner-died",
  ],
  [
    400,
    "the prompt is longer than the context length currently available to the model; shorten the prompt",
    "context-exceeded",
  ],
  [undefined, "an error was encountered while running the model: unexpected EOF", "runner-died"],
  [
    undefined,
    "llama-server chat error: map[code:500 message:decode() failed: out of memory type:server_error]",
    "out-of-memory",
  ],
  [500, 'option "num_ctx" must be of type integer', "said-no"],
  [502, "Bad Gateway", "said-no"],
];

describe("an error of the host becomes one of ours", () => {
  for (const [status, text, code] of MESSAGES) {
    test(`${status ?? "in the stream"}: ${text.slice(0, 60) || "nothing"}`, () => {
      expect(failureFrom(text, status).code).toBe(code);
    });
  }
});

test("an error that is JSON inside a string shows its inner message", () => {
  const inner =
    "request (9079 tokens) exceeds the available context size (4096 tokens), try increasing it";
  const text = JSON.stringify({
    error: { code: 400, message: inner, type: "exceed_context_size_error", n_ctx: 4096 },
  });
  expect(failureFrom(text, 400)).toMatchObject({
    code: "context-exceeded",
    message: inner,
    status: 400,
  });
});

test("a lost connection is told without advice to programmers and without the address", () => {
  const advice = "For more information, pass `verbose: true` in the second argument to fetch()";
  const error = new TypeError(`UnknownTrouble fetching "http://ada:secret@host/api". ${advice}`);
  expect(connectionFailure(error)).toMatchObject({
    code: "unreachable",
    message: "UnknownTrouble.",
  });
  const closed = Object.assign(new Error(`socket closed. ${advice}`), { code: "ECONNRESET" });
  expect(connectionFailure(closed, "cut")).toMatchObject({
    code: "cut",
    message: "The connection was closed.",
  });
});

test("an error without words says at least its status", () => {
  expect(failureFrom("", 403).message).toBe("HTTP status 403");
});
