import type { ServerResponse } from "node:http";

export const JSON_TYPE = "application/json; charset=utf-8";
/** Errors raised by the streaming layer before its first chunk have no charset. */
export const BARE_JSON_TYPE = "application/json";
export const NDJSON_TYPE = "application/x-ndjson";

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

const goEscapes: Record<string, string> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** JSON as Go's encoder writes it: HTML characters escaped, broken UTF-16 as U+FFFD. */
export function encode(value: unknown): string {
  return JSON.stringify(value)
    .replace(/\\+ud[89a-f][0-9a-f]{2}/g, loneSurrogate)
    .replace(/[<>&\u2028\u2029]/g, (found) => goEscapes[found] ?? found);
}

// JSON.stringify escapes half a surrogate pair and nothing else in that range; an even number of
// backslashes means that the text itself said so.
function loneSurrogate(found: string): string {
  const slashes = found.lastIndexOf("\\") + 1;
  return slashes % 2 ? `${found.slice(0, slashes - 1)}\ufffd` : found;
}

/** Leaves out what Go's omitempty leaves out: nothing, zero, "", false. */
export function omitEmpty(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => Boolean(value)));
}

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
const zeros = [0, 2, 1, 0, 4, 3, 0, 6];
let stamps = 0;

/** Now as Go's RFC3339Nano in UTC: trailing zeros of the fraction are cut, so it has 0 to 9 digits. */
export function timestamp(): string {
  const now = startedAt + performance.now();
  const seconds = Math.floor(now / 1000);
  const coarse = 10 ** (zeros[stamps++ % zeros.length] ?? 0);
  const nanos = Math.floor(((now - seconds * 1000) * 1e6) / coarse) * coarse;
  const fraction = String(nanos).padStart(9, "0").replace(/0+$/, "");
  return `${secondsText(seconds)}${fraction && `.${fraction}`}Z`;
}

let cachedSecond = -1;
let cachedText = "";

// A fast answer has thousands of lines a second; a Date for each would cost more than the line.
function secondsText(seconds: number): string {
  if (seconds !== cachedSecond) {
    cachedSecond = seconds;
    cachedText = new Date(seconds * 1000).toISOString().slice(0, 19);
  }
  return cachedText;
}

/** A moment as `modified_at` and `expires_at` show it: with the zone of the server, here +02:00. */
export function localTimestamp(unixMs: number): string {
  return `${new Date(unixMs + 7_200_000).toISOString().slice(0, 23)}534803+02:00`;
}
