import { parseDuration } from "~/shared/numbers";
import { doneFields, type LineWriter, lineWriter, nanoseconds, timestamp } from "../wire";
import { answerTo, chunksOf, type Message } from "./answer";

type Fields = Record<string, unknown>;

export interface ChatRequest {
  model: string;
  messages: readonly Message[];
  stream: boolean;
  /** In milliseconds; negative means for ever. */
  keepAliveMs: number;
  maxChunks: number;
  seed: number;
}

export interface Clocks {
  dateMs: () => number;
  watchMs: () => number;
}

export interface Answer {
  chunks: readonly string[];
  done: (writingMs: number) => Fields;
}

const KEEP_ALIVE_MS = 5 * 60_000;

/** Reads a request of Parley's own client; unknown values are ignored. */
export function readChat(fields: Fields): ChatRequest {
  // Each option is checked before use.
  const { num_predict: limit, seed } = (fields.options ?? {}) as Fields;
  const messages = Array.isArray(fields.messages) ? (fields.messages as Message[]) : [];
  return {
    model: String(fields.model),
    messages: messages.map(({ role, content }) => ({ role, content: content ?? "" })),
    stream: fields.stream !== false,
    keepAliveMs: keepAlive(fields.keep_alive),
    maxChunks: typeof limit === "number" && limit > 0 ? limit : Number.POSITIVE_INFINITY,
    seed: typeof seed === "number" ? Math.max(0, seed) : 0,
  };
}

function keepAlive(value: unknown): number {
  if (typeof value === "number") return value * 1000;
  return (typeof value === "string" ? parseDuration(value) : undefined) ?? KEEP_ALIVE_MS;
}

export function answerChat(request: ChatRequest, askedAt: number, { watchMs }: Clocks): Answer {
  const loadedAt = watchMs();
  const all = chunksOf(answerTo(request.messages, request.seed));
  const chunks = all.slice(0, request.maxChunks);
  const foundAt = watchMs();
  const read = request.messages.reduce((sum, { content }) => sum + chunksOf(content).length, 0);

  const done = (writingMs: number) =>
    doneFields(chunks.length < all.length ? "length" : "stop", {
      total_duration: nanoseconds(watchMs() - askedAt),
      load_duration: nanoseconds(loadedAt - askedAt),
      prompt_eval_count: read,
      prompt_eval_duration: nanoseconds(foundAt - loadedAt),
      eval_count: chunks.length,
      eval_duration: nanoseconds(writingMs),
    });
  return { chunks, done };
}

/** The lines of a stream, each after its pause. */
export async function* tell(
  writer: LineWriter,
  { chunks, done }: Answer,
  wordMs: number,
  { dateMs, watchMs }: Clocks,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const startedAt = watchMs();
  for (const content of chunks) {
    await pause(wordMs, signal);
    yield writer.chunk({ content }, timestamp(dateMs()));
  }
  const ending = done(watchMs() - startedAt);
  yield `${writer.object({}, timestamp(dateMs()), true, ending)}\n`;
}

/** The whole answer as one document, after the time a stream would take. */
export async function tellWhole(
  writer: LineWriter,
  { chunks, done }: Answer,
  wordMs: number,
  { dateMs, watchMs }: Clocks,
  signal: AbortSignal,
): Promise<string> {
  const startedAt = watchMs();
  await pause(wordMs * chunks.length, signal);
  const ending = done(watchMs() - startedAt);
  return writer.object({ content: chunks.join("") }, timestamp(dateMs()), true, ending);
}

export function loadReport({ model, keepAliveMs }: ChatRequest, { dateMs }: Clocks): string {
  const ending = { done_reason: keepAliveMs === 0 ? "unload" : "load" };
  return lineWriter(model).object({}, timestamp(dateMs()), true, ending);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    if (ms <= 0) return resolve();
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
