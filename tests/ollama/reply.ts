import type { ServerResponse } from "node:http";
import { encode, JSON_TYPE, NDJSON_TYPE, timestamp } from "~/ollama/wire";

/** Errors raised by the streaming layer before its first chunk have no charset. */
export const BARE_JSON_TYPE = "application/json";

/** An error reply; thrown anywhere before the first byte of a reply. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly contentType = JSON_TYPE,
    readonly fields: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** Nobody is there to answer any more: the client left, or the host went away. */
export class Gone extends Error {}

/** Sends one JSON document, without a newline at its end. */
export function sendJson(
  res: ServerResponse,
  value: unknown,
  status = 200,
  contentType = JSON_TYPE,
): void {
  sendText(res, encode(value), status, contentType);
}

/** Sends a body with its length. */
export function sendText(
  res: ServerResponse,
  body: string,
  status: number,
  contentType: string,
): void {
  res.writeHead(status, {
    "Content-Type": contentType,
    "Content-Length": Buffer.byteLength(body),
  });
  res.end(body);
}

/** Sends a status and nothing else: no content type, Content-Length 0. */
export function sendEmpty(res: ServerResponse, status = 200): void {
  res.writeHead(status, { "Content-Length": 0 });
  res.end();
}

/** Sends `{"error"}`; text for a content type that is not JSON goes out as it is. */
export function sendRefusal(res: ServerResponse, refusal: Refusal): void {
  const { status, message, contentType, fields } = refusal;
  if (!/json/.test(contentType)) sendText(res, message, status, contentType);
  else sendJson(res, { error: message, ...fields }, status, contentType);
}

const startedAt = Date.now() - performance.now();
const digits = [9, 7, 8, 9, 5, 6, 9, 3];
let stamps = 0;

/** Now, as fine as the clock goes; some fractions are short, as Go cuts the zeros at their end. */
export function now(): string {
  return timestamp(startedAt + performance.now(), digits[stamps++ % digits.length]);
}

/** A moment as `modified_at` and `expires_at` show it: with the zone of the server, here +02:00. */
export function localTimestamp(unixMs: number): string {
  return `${new Date(unixMs + 7_200_000).toISOString().slice(0, 23)}534803+02:00`;
}

/** Waits; rejects with Gone as soon as the signal says that nobody listens any more. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 && !signal.aborted) return Promise.resolve();
  return until(signal, (done) => {
    const timer = setTimeout(done, ms);
    return () => clearTimeout(timer);
  });
}

/** Lets other work of the process run, without the millisecond that a timer would cost. */
export function yieldToLoop(signal: AbortSignal): Promise<void> {
  return until(signal, (done) => {
    setImmediate(done);
    return () => {};
  });
}

/** Waits until `start`'s callback is called, later; `start` returns its own cleanup. */
export function until(signal: AbortSignal, start: (done: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Gone());
    const leave = () => {
      cleanup();
      reject(new Gone());
    };
    const cleanup = start(() => {
      signal.removeEventListener("abort", leave);
      cleanup();
      resolve();
    });
    signal.addEventListener("abort", leave, { once: true });
  });
}

/** The point where held chats and pulls wait for `release()`. */
export class Gate {
  private readonly held = new Set<() => void>();

  get size(): number {
    return this.held.size;
  }

  /** Registers at once, before anything is awaited: who sees the last chunk may release right then. */
  hold(signal: AbortSignal): Promise<void> {
    return until(signal, (done) => {
      this.held.add(done);
      return () => this.held.delete(done);
    });
  }

  release(): void {
    for (const done of [...this.held]) {
      this.held.delete(done);
      done();
    }
  }
}

/** An NDJSON reply. Its head is held back until the first line is there. */
export class LineStream {
  constructor(
    private readonly res: ServerResponse,
    private readonly signal: AbortSignal,
  ) {}

  get started(): boolean {
    return this.res.headersSent;
  }

  /** Sends text and waits while the socket has enough. Throws Gone when the client has left. */
  async write(text: string): Promise<void> {
    if (this.signal.aborted) throw new Gone();
    this.open();
    if (this.res.write(text)) return;
    await until(this.signal, (done) => {
      this.res.once("drain", done);
      return () => this.res.off("drain", done);
    });
  }

  end(text = ""): void {
    this.open();
    this.res.end(text);
  }

  private open(): void {
    if (!this.res.headersSent) this.res.writeHead(200, { "Content-Type": NDJSON_TYPE });
  }
}
