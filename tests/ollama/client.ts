import { connect } from "node:net";
import type { ScriptedOllama } from "./host";

/** A reply as it came over the wire. */
export interface Reply {
  status: number;
  type: string | null;
  text: string;
  headers: Headers;
}

/** Sends a request, with a body of any kind, and reads the whole reply. */
export async function ask(
  host: ScriptedOllama,
  method: string,
  path: string,
  body?: unknown,
): Promise<Reply> {
  const sent = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const init = sent === undefined ? { method } : { method, body: sent };
  const response = await fetch(host.url + path, init);
  const { status, headers } = response;
  return { status, headers, type: headers.get("content-type"), text: await response.text() };
}

/** The lines of an NDJSON body; the last line must have its newline too. */
export function linesIn(text: string): string[] {
  if (!text.endsWith("\n")) throw new Error(`The last line is not complete: ${text}`);
  return text.slice(0, -1).split("\n");
}

/** Covers what differs from run to run, so that the rest can be compared byte by byte. */
export function masked(text: string): string {
  return text
    .replace(/"(created_at|expires_at)":"[^"]*"/g, '"$1":"T"')
    .replace(/("\w+_duration"):[1-9]\d*/g, "$1:N")
    .replace(/"id":"[^"]*"/g, '"id":"ID"');
}

/** A client on a bare socket: it sees every byte when it comes, and can leave. */
export interface RawClient {
  /** Everything received so far, the head of the reply included. */
  received(): string;
  /** True once the other side has closed, `error` being the socket's error code. */
  closed(): boolean;
  error(): string | undefined;
  leave(): void;
}

/** Sends a POST on a socket of its own. */
export function dial(host: ScriptedOllama, path: string, body: unknown): RawClient {
  const text = JSON.stringify(body);
  let received = "";
  let closed = false;
  let error: string | undefined;
  const socket = connect(host.port, "127.0.0.1", () => {
    const length = Buffer.byteLength(text);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`);
    socket.write(text);
  });
  socket.setEncoding("utf8");
  socket.on("data", (part) => {
    received += part;
  });
  socket.on("error", (reason: NodeJS.ErrnoException) => {
    error = reason.code;
  });
  socket.on("close", () => {
    closed = true;
  });
  return {
    received: () => received,
    closed: () => closed,
    error: () => error,
    leave: () => socket.destroy(),
  };
}
