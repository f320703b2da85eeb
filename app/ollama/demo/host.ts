/**
 * The built-in demo host: it speaks Ollama's protocol in this process, as a `fetch` for the `ollama`
 * package, so that every path is the one that a real host takes.
 */
import { readAsk, readFields } from "./ask";
import { knownName, running, show, tags, withTag } from "./model";
import { pause } from "./pause";
import { type Clocks, message, tell, think } from "./telling";
import { encode, json, lines, Refusal, refusal, text } from "./wire";

export { ELIZA_DIGEST } from "./model";

export interface DemoOptions {
  /** How long a word takes; a person reads about as fast as the default. */
  wordMs?: number;
  /** Stands in for the clocks, in milliseconds. */
  now?: () => number;
}

type DemoFetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
type Answerer = (request: Request) => Response | Promise<Response>;
interface Route {
  methods: readonly string[];
  answer: Answerer;
}
const READ = ["GET", "HEAD"];

// The version whose behaviour it shows; the suffix says that it is not that version.
const VERSION = "0.33.0-demo";
const FOR_EVER_MS = 292 * 365.25 * 24 * 3_600_000;

/** Makes a demo host; each has a memory of its own of whether the model is loaded. */
export function createDemoHost({ wordMs = 40, now }: DemoOptions = {}): DemoFetch {
  const clocks: Clocks = {
    dateMs: now ?? Date.now,
    watchMs: now ?? (() => performance.now()),
  };
  let keptUntil = 0;
  const keep = (ms: number) => {
    keptUntil = clocks.dateMs() + (ms < 0 ? FOR_EVER_MS : Math.min(ms, FOR_EVER_MS));
  };

  const chat: Answerer = async (request) => {
    const askedAt = clocks.watchMs();
    const ask = readAsk(await request.text());
    keep(ask.keepAliveMs);
    if (ask.turns.length === 0) {
      const done_reason = ask.keepAliveMs === 0 ? "unload" : "load";
      return json({ ...message(ask, "", clocks), done: true, done_reason });
    }

    const telling = think(ask, askedAt, clocks);
    const { pieces, done } = telling;
    if (ask.stream) {
      return streamed((signal) => tell(ask, telling, wordMs, clocks, signal), request.signal);
    }
    const startedAt = clocks.watchMs();
    await pause(wordMs * pieces.length, request.signal);
    const writingMs = clocks.watchMs() - startedAt;
    return json({ ...message(ask, pieces.join(""), clocks), ...done(writingMs) });
  };

  const showModel: Answerer = async (request) => {
    const { model, name } = readFields(await request.text());
    knownName(model ?? name, withTag);
    return json(show());
  };
  const loaded = () => (keptUntil > clocks.dateMs() ? keptUntil : undefined);
  const routes = new Map<string, Route>([
    ["/", { methods: READ, answer: () => text("Ollama is running") }],
    ["/api/version", { methods: READ, answer: () => json({ version: VERSION }) }],
    ["/api/tags", { methods: READ, answer: () => json(tags()) }],
    ["/api/ps", { methods: ["GET"], answer: () => json(running(loaded())) }],
    ["/api/show", { methods: ["POST"], answer: showModel }],
    ["/api/chat", { methods: ["POST"], answer: chat }],
  ]);

  return async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const route = routes.get(new URL(request.url).pathname);
    if (!route) return text("404 page not found", 404, "text/plain");
    if (!route.methods.includes(request.method)) {
      return text("405 method not allowed", 405, "text/plain");
    }
    try {
      const answer = await route.answer(request);
      return request.method === "HEAD" ? new Response(null, answer) : answer;
    } catch (error) {
      if (error instanceof Refusal) return refusal(error);
      throw error;
    }
  };
}

/**
 * A stream that writes only while it is read: no timer runs for a reader who has stopped. As with a real
 * host, the head comes together with the first piece.
 */
async function streamed(
  tellUntil: (signal: AbortSignal) => AsyncGenerator<unknown, void>,
  signal: AbortSignal,
): Promise<Response> {
  const left = new AbortController();
  const messages = tellUntil(AbortSignal.any([signal, left.signal]));
  const bytes = new TextEncoder();
  const line = (value: unknown) => bytes.encode(`${encode(value)}\n`);
  const first = await messages.next();

  let onAbort = () => {};
  const forget = () => signal.removeEventListener("abort", onAbort);
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        onAbort = () => controller.error(signal.reason);
        signal.addEventListener("abort", onAbort, { once: true });
        controller.enqueue(line(first.value));
      },
      async pull(controller) {
        const next = await messages.next();
        if (!next.done) return controller.enqueue(line(next.value));
        forget();
        controller.close();
      },
      cancel() {
        forget();
        left.abort();
      },
    },
    { highWaterMark: 0 },
  );
  return lines(body);
}
