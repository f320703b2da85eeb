import { HOST_ERROR_BYTES } from "~/limits";
import { beginningWithin } from "./text";

/** `cut`: stopped in the middle; `garbled`: not what Ollama sends. Most are errors of Ollama (routes.go, sched.go). */
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

const MESSAGES: [RegExp, FailureCode][] = [
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

/** The kind of error is at the beginning, and the patterns are slow on long texts. */
const CLASSIFIED_CHARACTERS = 4_096;

export function failureFrom(text: string, status?: number): OllamaFailure {
  const detail = innermost(text) || `HTTP status ${status}`;
  const texts = [detail, text].map((message) => message.slice(0, CLASSIFIED_CHARACTERS));
  const known = MESSAGES.find(([pattern]) => texts.some((message) => pattern.test(message)));
  const code = known?.[1] ?? (status ? STATUSES[status] : undefined) ?? "said-no";
  return new OllamaFailure(code, detail, status === undefined ? {} : { status });
}

/** llama-server's errors arrive as JSON inside Ollama's message. */
function innermost(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    // Every field is optional, and its type checked below.
    const inner = (parsed as { error?: { message?: unknown } | string } | null)?.error;
    if (typeof inner === "string") return innermost(inner);
    if (typeof inner?.message === "string") return inner.message;
  } catch {
    // Not JSON.
  }
  return text.trim();
}

const CONNECTION_WORDS: Record<string, string> = {
  ECONNREFUSED: "Nothing listens at this address.",
  ConnectionRefused: "Nothing listens at this address.",
  ENOTFOUND: "No machine has this name.",
  ECONNRESET: "The connection was closed.",
  ConnectionClosed: "The connection was closed.",
  ResponseHeadersTooLarge: "The head of the reply is too long.",
};

/** Advice to programmers, and the address, which may contain a password. */
const TECHNICAL_PARTS = /\s*For more information, pass `verbose.*$|\s*fetching "[^"]*"/gs;

/** The failure of a request without a response, or with part of one. */
export function connectionFailure(
  error: unknown,
  code: "unreachable" | "cut" = "unreachable",
): OllamaFailure {
  const text = error instanceof Error ? error.message : String(error);
  // Anything can be thrown; the type of `code` is checked below.
  const name = (error as { code?: unknown } | null)?.code;
  const known = typeof name === "string" ? CONNECTION_WORDS[name] : undefined;
  const words = known ?? text.replace(TECHNICAL_PARTS, "");
  return new OllamaFailure(code, words, { cause: error });
}
