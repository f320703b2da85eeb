import { HOST_ERROR_BYTES } from "~/limits";
import { beginningWithin } from "./text";

/**
 * How a host can fail us. `unreachable`: it could not be asked. `cut`: it stopped in the middle.
 * `garbled`: it sent what no Ollama sends. All others: it said no. Sources: the error table of Ollama's server (routes.go, sched.go, llama-server).
 */
export type FailureCode =
  | "unreachable"
  | "refused"
  | "model-gone"
  | "not-a-chat-model"
  | "no-thinking"
  | "no-vision"
  | "context-exceeded"
  | "out-of-memory"
  | "busy"
  | "sign-in"
  | "limit"
  | "model-broken"
  | "runner-died"
  | "cut"
  | "redirected"
  | "garbled"
  | "said-no";

/** Thrown by everything in ollama/: what kind of failure, and the host's own words. */
export class OllamaFailure extends Error {
  override readonly name = "OllamaFailure";
  readonly code: FailureCode;
  readonly status: number | undefined;

  constructor(
    code: FailureCode,
    detail: string,
    options: { status?: number; cause?: unknown } = {},
  ) {
    super(beginningWithin(detail.toWellFormed(), HOST_ERROR_BYTES), { cause: options.cause });
    this.code = code;
    this.status = options.status;
  }
}

/** Which words of the host mean what; the first row that matches wins. */
const SAYINGS: [RegExp, FailureCode][] = [
  [/exceed_context_size|context length|exceeds the available context/i, "context-exceeded"],
  [/out of memory|more system memory|signal: killed|insufficient memory/i, "out-of-memory"],
  [/does not support thinking|think value/i, "no-thinking"],
  [/image input|multimodal requests|required for image/i, "no-vision"],
  [/does not support (chat|generate)/i, "not-a-chat-model"],
  [/model .*not found|try pulling it/i, "model-gone"],
  [/server busy|maximum pending requests/i, "busy"],
  [/usage limit/i, "limit"],
  [
    /offset\+size|incompatible with your version|unsupported model|error loading model/i,
    "model-broken",
  ],
  [/unexpectedly stopped|unexpected EOF|has terminated|llama-server chat error/i, "runner-died"],
];

const STATUSES: Record<number, FailureCode> = {
  401: "sign-in",
  403: "refused",
  404: "model-gone",
  429: "limit",
  503: "busy",
};

/** What a host means is said at the beginning; the patterns are slow on long texts. */
const CLASSIFIED_CHARACTERS = 4_096;

/** The failure that a host's error text, and its status where there was one, stand for. */
export function failureFrom(text: string, status?: number): OllamaFailure {
  const detail = innermost(text) || `HTTP status ${status}`;
  const said = [detail, text].map((one) => one.slice(0, CLASSIFIED_CHARACTERS));
  const saying = SAYINGS.find(([pattern]) => said.some((one) => pattern.test(one)));
  const code = saying?.[1] ?? (status ? STATUSES[status] : undefined) ?? "said-no";
  return new OllamaFailure(code, detail, status === undefined ? {} : { status });
}

/** llama-server's errors arrive as JSON inside Ollama's error string: show the inner message. */
function innermost(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    const inner = (parsed as { error?: { message?: unknown } | string } | null)?.error;
    if (typeof inner === "string") return innermost(inner);
    if (typeof inner?.message === "string") return inner.message;
  } catch {
    // Not JSON: the text is the message.
  }
  return text.trim();
}

/** What a connection that could not be made, or broke, says of itself. */
const CONNECTION_WORDS: Record<string, string> = {
  ECONNREFUSED: "Nothing listens at this address.",
  ConnectionRefused: "Nothing listens at this address.",
  ENOTFOUND: "No machine has this name.",
  ECONNRESET: "The connection was closed.",
  ConnectionClosed: "The connection was closed.",
  ResponseHeadersTooLarge: "The head of the reply is too long.",
};

/** The runtime's advice to programmers, and the address that it asked, which may hold a password. */
const NOT_FOR_PEOPLE = /\s*For more information, pass `verbose.*$|\s*fetching "[^"]*"/gs;

/** The failure of a request that got no reply, or whose reply broke off. */
export function connectionFailure(
  error: unknown,
  code: "unreachable" | "cut" = "unreachable",
): OllamaFailure {
  const text = error instanceof Error ? error.message : String(error);
  const name = (error as { code?: unknown } | null)?.code;
  const known = typeof name === "string" ? CONNECTION_WORDS[name] : undefined;
  const words = known ?? text.replace(NOT_FOR_PEOPLE, "");
  return new OllamaFailure(code, words, { cause: error });
}
