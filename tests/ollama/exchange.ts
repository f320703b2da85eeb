import type { IncomingMessage, ServerResponse } from "node:http";
import type { RecordedRequest } from "./types";

/** One request and its reply. */
export interface Exchange {
  readonly res: ServerResponse;
  readonly record: RecordedRequest;
  /** The body as it came in. */
  readonly text: string;
  /** Aborted when the client has left or the host goes away. */
  readonly signal: AbortSignal;
  /** `performance.now()` of the arrival: total_duration counts from here. */
  readonly arrived: number;
  /** The host gives up the connection itself; that is not the client leaving. */
  drop(how: "close" | "reset"): void;
}

/** Reads a request to its end; undefined when the client left before that. */
export async function receive(
  req: IncomingMessage,
  res: ServerResponse,
): Promise<Exchange | undefined> {
  const arrived = performance.now();
  const at = Date.now();
  const gone = new AbortController();
  const record = describe(req, at);
  let dropped = false;
  res.on("close", () => {
    if (res.writableFinished) record.finished ??= Date.now();
    else if (!dropped) record.closedByClient ??= Date.now();
    gone.abort();
  });
  res.on("finish", () => {
    record.finished ??= Date.now();
  });
  const text = await readText(req);
  if (text === undefined) return undefined;
  record.body = parsed(text);
  const drop = (how: "close" | "reset") => {
    dropped = true;
    if (how === "reset") reset(req);
    else req.socket.destroy();
    gone.abort();
  };
  return { res, record, text, signal: gone.signal, arrived, drop };
}

// Node sends a real RST; a runtime without resetAndDestroy can only close.
function reset({ socket }: IncomingMessage): void {
  if (typeof socket.resetAndDestroy === "function") socket.resetAndDestroy();
  else socket.destroy();
}

function describe(req: IncomingMessage, at: number): RecordedRequest {
  const headers = Object.entries(req.headers).map(([name, value]) => [name, String(value)]);
  const path = (req.url ?? "/").split("?")[0] ?? "/";
  return {
    method: req.method ?? "GET",
    path,
    body: undefined,
    headers: Object.fromEntries(headers),
    at,
  };
}

async function readText(req: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  try {
    for await (const part of req) parts.push(part as Buffer);
  } catch {
    return undefined;
  }
  return Buffer.concat(parts).toString("utf8");
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
