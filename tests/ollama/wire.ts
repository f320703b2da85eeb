import type { ServerResponse } from "node:http";
import { encode, JSON_TYPE, timestamp } from "~/ollama/wire";

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
