import {
  type ChatRequest,
  type ChatResponse,
  Ollama,
  type Options,
  type ShowResponse,
} from "ollama/browser";
import { failureFrom, OllamaFailure } from "./failure";
import { type Piece, thinkTagSplitter } from "./think-tags";
import { type Fetch, transport } from "./transport";

/** A model as `/api/tags` lists it. */
export interface ListedModel {
  name: string;
  digest: string;
}

/** What a model can do, from `/api/show`: `/api/tags` does not look into a GGUF's own template. */
export interface ModelDetails {
  capabilities: string[];
  /** The most tokens that it can hold at once. */
  contextLength?: number;
  /** How many it is loaded with unless a request says otherwise, where its maker has set that. */
  ownContext?: number;
  /** What `think` may be, where the host says so; hosts up to 0.33 do not. */
  thinkValues?: (boolean | string)[];
}

/** A model in the host's memory. */
export interface LoadedModel {
  digest: string;
  /** How many tokens it holds at once; hosts before 0.10 do not say. */
  contextTokens: number | null;
  /** When it leaves memory unless something is asked, in Unix milliseconds; null where the host does not say. */
  expiresAt: number | null;
}

export interface ChatTurn {
  role: string;
  content: string;
  /** Pictures in base64. */
  images?: string[];
}

export interface ChatOptions {
  model: string;
  messages: ChatTurn[];
  /** Left out: the host decides, which means on for every model that can. */
  think?: boolean | "low" | "medium" | "high";
  options?: Partial<Options>;
  /** Seconds as a number, or a Go duration. */
  keep_alive?: string | number;
}

/** What the host reports at the end; durations in milliseconds. */
export interface ChatReport {
  doneReason: string | null;
  promptTokens: number | null;
  answerTokens: number | null;
  totalMs: number | null;
  loadMs: number | null;
  promptMs: number | null;
  answerMs: number | null;
}

export type ChatEvent = Piece | { kind: "done"; report: ChatReport };

/** One Ollama server, or something that speaks as one. Everything here throws OllamaFailure. */
export interface OllamaHost {
  /** For people: without the credentials that the address may hold. */
  readonly address: string;
  readonly demo: boolean;
  /** The installed models, newest first. */
  list(signal: AbortSignal): Promise<ListedModel[]>;
  show(model: string, signal: AbortSignal): Promise<ModelDetails>;
  /** The model as it is in memory; undefined also while it is being loaded. */
  loaded(model: string, signal: AbortSignal): Promise<LoadedModel | undefined>;
  /** The answer as it is written. An aborted signal frees the host at once and throws the abort. */
  chat(options: ChatOptions, signal: AbortSignal): AsyncGenerator<ChatEvent, void>;
}

/** Connects nothing yet: each call is its own request, through the `ollama` package. */
export function ollamaHost(address: string, demoFetch?: Fetch): OllamaHost {
  // A client a call: the package's abort() and its list of streams belong to an instance.
  const client = (signal: AbortSignal) =>
    new Ollama({ host: address, fetch: transport(demoFetch ?? fetch, signal) as typeof fetch });
  return {
    address: shownAddress(address),
    demo: demoFetch !== undefined,

    async list(signal) {
      const { models } = await asFailure(client(signal).list(), signal);
      return (models ?? []).map(({ name, digest }) => ({ name, digest }));
    },

    async show(model, signal) {
      return detailsOf(await asFailure(client(signal).show({ model }), signal));
    },

    async loaded(model, signal) {
      const { models } = await asFailure(client(signal).ps(), signal);
      const found = (models ?? []).find(({ name }) => sameModel(name, model));
      if (!found) return undefined;
      const { context_length: context } = found as { context_length?: number };
      // The package's type says Date; it is a string.
      const expiresAt = Date.parse(String(found.expires_at));
      return {
        digest: found.digest,
        contextTokens: context ?? null,
        expiresAt: Number.isNaN(expiresAt) ? null : expiresAt,
      };
    },

    async *chat(options, signal) {
      // The demo answers the same prompt the same way unless it is given another seed.
      const seed = demoFetch ? { seed: Math.floor(Math.random() * 2 ** 31) } : undefined;
      const request: ChatRequest & { stream: true } = {
        ...options,
        ...(seed ? { options: { ...seed, ...options.options } } : {}),
        stream: true,
      };
      const stream = await asFailure(client(signal).chat(request), signal);
      const split = thinkTagSplitter();
      try {
        for await (const chunk of stream) {
          if (chunk.message?.thinking) yield { kind: "thinking", text: chunk.message.thinking };
          if (chunk.message?.content) yield* split(chunk.message.content);
          if (chunk.done) {
            yield* split(undefined);
            yield { kind: "done", report: reportOf(chunk) };
          }
        }
      } catch (error) {
        if (!signal.aborted) yield* split(undefined);
        throw streamFailure(error, signal);
      } finally {
        // Leaving the loop does not close the connection; without this the host writes on.
        stream.abort();
      }
    },
  };
}

/** An address as it may be shown and logged: without user name and password. */
export function shownAddress(address: string): string {
  const url = new URL(address);
  url.username = "";
  url.password = "";
  return url.href.replace(/\/$/, "");
}

/** What the package's types do not know, or know otherwise, is looked at as it comes. */
function detailsOf(shown: ShowResponse): ModelDetails {
  const { thinking } = shown as { thinking?: { values?: (boolean | string)[] } };
  const info = Object.entries(shown.model_info ?? {});
  const length = info.find(([key]) => key.endsWith(".context_length"))?.[1];
  const own = /^num_ctx\s+(\d+)\s*$/m.exec(shown.parameters ?? "")?.[1];
  return {
    // Servers before 0.6.4 do not say: then the host has the last word on each prompt.
    capabilities: shown.capabilities ?? ["completion", "vision"],
    ...(typeof length === "number" ? { contextLength: length } : {}),
    ...(own === undefined ? {} : { ownContext: Number(own) }),
    ...(thinking?.values ? { thinkValues: thinking.values } : {}),
  };
}

async function asFailure<T>(call: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (signal.aborted || error instanceof OllamaFailure) throw error;
    throw new OllamaFailure("said-no", error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

/** Inside a stream the package knows three endings: an error line, no `done`, and a broken connection. */
function streamFailure(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted || error instanceof OllamaFailure) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = (error as { code?: unknown } | null)?.code;
  if (/did not receive done/i.test(text)) {
    return new OllamaFailure("cut", "The stream ended without a last line.", { cause: error });
  }
  if (typeof code === "string" || error instanceof TypeError || /socket|connection/i.test(text)) {
    return new OllamaFailure("cut", text, { cause: error });
  }
  return failureFrom(text);
}

function reportOf(chunk: ChatResponse): ChatReport {
  return {
    doneReason: chunk.done_reason ?? null,
    promptTokens: chunk.prompt_eval_count ?? null,
    answerTokens: chunk.eval_count ?? null,
    totalMs: milliseconds(chunk.total_duration),
    loadMs: milliseconds(chunk.load_duration),
    promptMs: milliseconds(chunk.prompt_eval_duration),
    answerMs: milliseconds(chunk.eval_duration),
  };
}

function milliseconds(nanoseconds: number | undefined): number | null {
  return nanoseconds === undefined ? null : nanoseconds / 1e6;
}

/** Ollama compares names without case and adds `:latest` where there is no tag. */
export function sameModel(a: string, b: string): boolean {
  return fullName(a) === fullName(b);
}

function fullName(name: string): string {
  const lower = name.toLowerCase();
  return /:[^/]*$/.test(lower) ? lower : `${lower}:latest`;
}
