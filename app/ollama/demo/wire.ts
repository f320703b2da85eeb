/** Bytes as an Ollama of 0.33 sends them. */

const TEXT = "text/plain; charset=utf-8";
const JSON_DOCUMENT = "application/json; charset=utf-8";
/** Refusals by the part that runs a model have no charset. */
export const BARE_JSON = "application/json";

/** A request that is answered with an error; thrown anywhere before the first byte. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly contentType = JSON_DOCUMENT,
  ) {
    super(message);
  }
}

/** JSON as Go writes it: the signs of HTML and the two separators are escaped. */
export function encode(value: unknown): string {
  const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escaped);
}

/** One JSON document, without a newline at its end. */
export function json(value: unknown, status = 200, contentType = JSON_DOCUMENT): Response {
  return new Response(encode(value), { status, headers: { "Content-Type": contentType } });
}

/** Plain text. */
export function text(content: string, status = 200, contentType = TEXT): Response {
  return new Response(content, { status, headers: { "Content-Type": contentType } });
}

/** An error as a document. */
export function refusal({ status, message, contentType }: Refusal): Response {
  return json({ error: message }, status, contentType);
}

/** One JSON document a line, as it is asked for. */
export function lines(body: ReadableStream<Uint8Array>): Response {
  return new Response(body, { headers: { "Content-Type": "application/x-ndjson" } });
}
