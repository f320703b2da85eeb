import { sameModel } from "../model-facts";
import * as wire from "../wire";
import { answerChat, type Clocks, loadReport, readChat, tell, tellWhole } from "./chat";
import { SCRIPT } from "./rules";

/** Never change it: stored answers are labelled as the demo's by this digest. */
export const ELIZA_DIGEST = "606facf5d3d1694213421ed4db747c56e2a3a5cc9aa384d10f65b7b270a10350";

export interface DemoOptions {
  wordMs?: number;
  /** Replaces the clocks in tests, in milliseconds. */
  now?: () => number;
}

type DemoFetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

const VERSION = "0.33.0-demo";
const FOR_EVER_MS = 292 * 365.25 * 24 * 3_600_000;
// Clients expect a number; the demo has no limit.
const CONTEXT_LENGTH = 131_072;

const ELIZA: wire.ShownModel = {
  name: "eliza:latest",
  size: Buffer.byteLength(SCRIPT),
  digest: ELIZA_DIGEST,
  modifiedAt: "2026-11-01T00:00:00Z",
  capabilities: ["completion"],
  details: {
    parent_model: "",
    format: "rules",
    family: "eliza",
    families: ["eliza"],
    parameter_size: "0",
    quantization_level: "",
  },
  modelfile: "# eliza is a part of Parley: patterns and sentences, no weights.\n",
  template: "{{ .Prompt }}",
  modelInfo: {
    "general.architecture": "eliza",
    "general.basename": "Eliza",
    "general.parameter_count": 0,
    "eliza.context_length": CONTEXT_LENGTH,
  },
  tensors: [],
};

/** A demo host with a loaded model of its own, as a `fetch`: all other code is the same as for a real host. */
export function createDemoHost({ wordMs = 40, now }: DemoOptions = {}): DemoFetch {
  const clocks = { dateMs: now ?? Date.now, watchMs: now ?? (() => performance.now()) };
  const host = new DemoHost(wordMs, clocks);
  return (input, init) => host.fetch(new Request(input, init));
}

class DemoHost {
  private keptUntil = 0;

  constructor(
    private readonly wordMs: number,
    private readonly clocks: Clocks,
  ) {}

  async fetch(request: Request): Promise<Response> {
    request.signal.throwIfAborted();
    const response = await this.respond(request);
    return request.method === "HEAD" ? new Response(null, response) : response;
  }

  private respond(request: Request): Response | Promise<Response> {
    const { pathname } = new URL(request.url);
    switch (`${request.method === "HEAD" ? "GET" : request.method} ${pathname}`) {
      case "GET /":
        return send(wire.ALIVE, 200, wire.TEXT_TYPE);
      case "GET /api/version":
        return send(wire.encode({ version: VERSION }));
      case "GET /api/tags":
        return send(wire.encode({ models: [wire.tag(ELIZA)] }));
      case "GET /api/ps":
        return send(wire.encode({ models: this.loaded() }));
      case "POST /api/show":
        return withModel(request, () => send(wire.encode(wire.shown(ELIZA))));
      case "POST /api/chat":
        return withModel(request, (fields, model) => this.chat(request, { ...fields, model }));
      default:
        return failed(404, "not found");
    }
  }

  private loaded(): unknown[] {
    if (this.keptUntil <= this.clocks.dateMs()) return [];
    return [wire.loaded(ELIZA, wire.timestamp(this.keptUntil), 0, CONTEXT_LENGTH)];
  }

  private async chat(request: Request, fields: Record<string, unknown>): Promise<Response> {
    const { clocks, wordMs } = this;
    const askedAt = clocks.watchMs();
    const chat = readChat(fields);
    const keptMs = chat.keepAliveMs < 0 ? FOR_EVER_MS : Math.min(chat.keepAliveMs, FOR_EVER_MS);
    this.keptUntil = clocks.dateMs() + keptMs;
    if (chat.messages.length === 0) return send(loadReport(chat, clocks));

    const answer = answerChat(chat, askedAt, clocks);
    const writer = wire.lineWriter(chat.model);
    if (!chat.stream) return send(await tellWhole(writer, answer, wordMs, clocks, request.signal));
    return streamed((signal) => tell(writer, answer, wordMs, clocks, signal), request.signal);
  }
}

async function withModel(
  request: Request,
  respond: (fields: Record<string, unknown>, model: string) => Response | Promise<Response>,
): Promise<Response> {
  const fields: unknown = await request.json().catch(() => undefined);
  if (typeof fields !== "object" || fields === null) return failed(400, "invalid request");
  // The values are checked where they are used.
  const known = fields as Record<string, unknown>;
  const { model, name } = known;
  const asked = String(model || name || "");
  const bare = asked.replace(/^(registry\.ollama\.ai\/)?(library\/)?/i, "");
  if (!sameModel(bare, ELIZA.name)) return failed(404, `model '${asked}' not found`);
  return respond(known, asked);
}

function send(body: string, status = 200, type = wire.JSON_TYPE): Response {
  return new Response(body, { status, headers: { "Content-Type": type } });
}

function failed(status: number, error: string): Response {
  return send(wire.encode({ error }), status);
}

/** Writes only when read. As with a real host, the headers come with the first line. */
async function streamed(
  tellUntil: (signal: AbortSignal) => AsyncGenerator<string, void>,
  signal: AbortSignal,
): Promise<Response> {
  const left = new AbortController();
  const lines = tellUntil(AbortSignal.any([signal, left.signal]));
  const bytes = new TextEncoder();
  const first = await lines.next();

  let onAbort = () => {};
  const forget = () => signal.removeEventListener("abort", onAbort);
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        onAbort = () => controller.error(signal.reason);
        signal.addEventListener("abort", onAbort, { once: true });
        if (!first.done) controller.enqueue(bytes.encode(first.value));
      },
      async pull(controller) {
        const next = await lines.next();
        if (!next.done) return controller.enqueue(bytes.encode(next.value));
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
  return new Response(body, { headers: { "Content-Type": wire.NDJSON_TYPE } });
}
