import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import type { Body, Framing } from "./bodies";
import type { Asked } from "./requests";

/** What came back. */
export interface Answered {
  status: number;
  headers: Headers;
  body: Buffer;
  /** False where the client left before the end. */
  ended: boolean;
}

/** Longer than any answer takes to begin, on a machine that is busy with other things. */
const PATIENCE_MS = 10_000;
/** As long as somebody waits who has not sent all that was announced. */
const UNFINISHED_MS = 100;

/** A request as bytes; `fill` puts something in each place that is left in its text. */
export function bytesOf(asked: Asked, fill: (text: string) => string): Buffer {
  const { body } = asked;
  const parts = body?.parts.map((part) =>
    Buffer.from(typeof part === "string" ? fill(part) : part),
  );
  const content = parts ? Buffer.concat(parts) : undefined;
  const target = fill(asked.target).replace(/[^\x21-\x7e]/gu, (char) =>
    encodeURIComponent(char.toWellFormed()),
  );
  const lines = [
    `${asked.method} ${target} HTTP/1.1`,
    ...asked.headers.map(([name, value]) => `${name}: ${fill(value)}`),
    ...(body?.type === undefined ? [] : [`Content-Type: ${body.type.replace(/[\r\n\0]/g, "")}`]),
    ...(body && content ? lengthLines(body.framing, content.length) : []),
    "Connection: close",
  ];
  const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`);
  return body && content ? Buffer.concat([head, ...framed(body.framing, content)]) : head;
}

function lengthLines(framing: Framing, length: number): string[] {
  const lines: Record<Framing, string[]> = {
    length: [`Content-Length: ${length}`],
    chunked: ["Transfer-Encoding: chunked"],
    none: [],
    "too short": [`Content-Length: ${Math.floor(length / 2)}`],
    "too long": [`Content-Length: ${length + 10}`],
    twice: [`Content-Length: ${length}`, `Content-Length: ${length + 1}`],
    negative: [`Content-Length: -${length}`],
    "not a number": ["Content-Length: 1e3"],
    "past the limit": ["Content-Length: 70000000"],
    "length and chunked": [`Content-Length: ${length}`, "Transfer-Encoding: chunked"],
    "broken chunks": ["Transfer-Encoding: chunked"],
    "chunks without an end": ["Transfer-Encoding: chunked"],
  };
  return lines[framing];
}

function framed(framing: Framing, content: Buffer): Buffer[] {
  const chunk = [Buffer.from(`${content.length.toString(16)}\r\n`), content, Buffer.from("\r\n")];
  const end = Buffer.from("0\r\n\r\n");
  // A chunk of no length would be the end.
  const chunks = content.length > 0 ? chunk : [];
  if (framing === "chunked" || framing === "length and chunked") return [...chunks, end];
  if (framing === "chunks without an end") return chunks;
  if (framing === "broken chunks") return [Buffer.from("xyz\r\n"), content];
  return [content];
}

/** True where the server may wait for more, or close the connection without a word. */
export function isUnfinished(body: Body | undefined): boolean {
  return body !== undefined && !["length", "chunked"].includes(body.framing);
}

interface SendOptions {
  method: string;
  /** The server has not been sent all that was announced. */
  unfinished: boolean;
  leaveAfterMs: number;
}

/**
 * Sends the bytes and gives what comes back; undefined where the connection ends without a response.
 * Throws where a server that has been sent everything says nothing.
 */
export async function send(
  port: number,
  bytes: Buffer,
  { method, unfinished, leaveAfterMs }: SendOptions,
): Promise<Answered | undefined> {
  const over = Promise.withResolvers<void>();
  let received = Buffer.alloc(0);
  let sent = 0;
  let begun: Timer | undefined;
  const socket = await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      open: (open) => flush(open),
      drain: (open) => flush(open),
      data(_, data) {
        received = Buffer.concat([received, data]);
        const answered = readAnswer(received, method);
        if (answered) begun ??= setTimeout(over.resolve, leaveAfterMs);
        if (answered?.ended) over.resolve();
      },
      close: () => over.resolve(),
      error: () => over.resolve(),
    },
  });
  function flush(open: Bun.Socket) {
    while (sent < bytes.length) {
      const written = open.write(bytes.subarray(sent));
      if (written <= 0) return;
      sent += written;
    }
  }
  const patience = setTimeout(over.resolve, unfinished ? UNFINISHED_MS : PATIENCE_MS);
  await over.promise;
  clearTimeout(begun);
  clearTimeout(patience);
  const closed = socket.readyState !== 1;
  socket.terminate();
  const answered = readAnswer(received, method);
  if (!answered && !closed && !unfinished)
    throw new Error(`no answer within ${PATIENCE_MS / 1_000} s`);
  return answered;
}

/** The response in what has been received so far. */
function readAnswer(received: Buffer, method: string): Answered | undefined {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [line = "", ...rest] = received.toString("latin1", 0, end).split("\r\n");
  const status = Number(line.split(" ")[1]);
  if (status === 100) return readAnswer(received.subarray(end + 4), method);
  const headers = new Headers(
    rest.map((text): [string, string] => {
      const colon = text.indexOf(":");
      return [text.slice(0, colon), text.slice(colon + 1).trim()];
    }),
  );
  const bare = method === "HEAD" || status === 304;
  if (bare) return { status, headers, body: Buffer.alloc(0), ended: true };
  return { status, headers, ...bodyOf(received.subarray(end + 4), headers) };
}

function bodyOf(rest: Buffer, headers: Headers): { body: Buffer; ended: boolean } {
  if (headers.get("transfer-encoding") !== "chunked") {
    const length = Number(headers.get("content-length") ?? 0);
    return { body: rest.subarray(0, length), ended: rest.length >= length };
  }
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = rest.indexOf("\r\n", at);
    const size = line < 0 ? Number.NaN : Number.parseInt(rest.toString("latin1", at, line), 16);
    const from = line + 2;
    if (Number.isNaN(size)) return { body: Buffer.concat(chunks), ended: false };
    if (size === 0) return { body: Buffer.concat(chunks), ended: true };
    chunks.push(rest.subarray(from, from + size));
    at = from + size + 2;
  }
}

const DECODE: Record<string, (bytes: Buffer) => Buffer> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

/** The text of a response; undefined where it is packed and breaks off, so that nobody can read it. */
export function textOf({ body, headers, ended }: Answered): string | undefined {
  const packed = headers.get("content-encoding");
  if (packed === null) return body.toString();
  return ended && body.length > 0 ? DECODE[packed]?.(body).toString() : undefined;
}
