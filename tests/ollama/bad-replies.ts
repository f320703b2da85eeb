import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { JSON_TYPE, NDJSON_TYPE } from "~/ollama/wire";
import { Gone, until } from "./reply";

/** A reply that no Ollama gives: from a broken proxy, or from somebody who wants to do harm. */
export interface BadReply {
  /** Default 200. */
  status?: number;
  headers?: Record<string, string>;
  /** May have no end: it is sent until the client leaves. */
  body?: () => Iterable<string | Uint8Array>;
}

/** Sends everything to another address. */
export function redirectTo(location: string, status = 307): BadReply {
  return { status, headers: { Location: location } };
}

/** The same text without end, in large parts. */
export function endless(text: string, badReply: Omit<BadReply, "body"> = {}): BadReply {
  const part = Buffer.from(text.repeat(Math.ceil((256 * 1024) / text.length)));
  return {
    headers: { "Content-Type": NDJSON_TYPE },
    ...badReply,
    *body() {
      for (;;) yield part;
    },
  };
}

/** A text as it is, such as one with numbers that JSON.stringify does not write. */
export function raw(text: string, badReply: Omit<BadReply, "body"> = {}): BadReply {
  return { headers: { "Content-Type": NDJSON_TYPE }, ...badReply, body: () => [text] };
}

/** Makes a bad reply pass for one JSON document, as lists and descriptions are. */
export function asDocument(badReply: BadReply): BadReply {
  return { ...badReply, headers: { ...badReply.headers, "Content-Type": JSON_TYPE } };
}

/** A few kilobytes that unpack to `bytes` of white space. */
export function gzipBomb(bytes: number): BadReply {
  const packed = gzipSync(Buffer.alloc(bytes, 32));
  return {
    headers: { "Content-Type": NDJSON_TYPE, "Content-Encoding": "gzip" },
    body: () => [packed],
  };
}

/** A line of an answer with this content, as JSON text or as a value. */
export function lineOf(content: unknown, more: Record<string, unknown> = {}): string {
  return `${JSON.stringify({ message: { role: "assistant", content }, done: false, ...more })}\n`;
}

/** Sends a bad reply until it ends or the client leaves. */
export async function sendBadReply(
  { status = 200, headers = {}, body = () => [] }: BadReply,
  res: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  res.writeHead(status, headers);
  for (const part of body()) {
    if (signal.aborted) throw new Gone();
    if (res.write(part)) continue;
    await until(signal, (done) => {
      res.once("drain", done);
      return () => res.off("drain", done);
    });
  }
  res.end();
}
