/**
 * How a host can fail us. `unreachable`: it could not be asked. `cut`: it stopped in the middle. All
 * others: it said no. Sources: the error table of Ollama's server (routes.go, sched.go, llama-server).
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
    super(detail, { cause: options.cause });
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

/** The failure that a host's error text, and its status where there was one, stand for. */
export function failureFrom(text: string, status?: number): OllamaFailure {
  const detail = innermost(text) || `HTTP status ${status}`;
  const saying = SAYINGS.find(([pattern]) => pattern.test(detail) || pattern.test(text));
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
