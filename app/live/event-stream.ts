/**
 * The headers of an event stream, and the word to buffering proxies. Its connection is closed at the end: it may
 * be quiet for as long as the stream likes, and would stay open for ever after it.
 */
export const EVENT_STREAM_HEADERS = {
  Connection: "close",
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

/** A comment: it keeps the connection and is no event. */
export const SIGN_OF_LIFE = ": still here\n\n";

/**
 * One server-sent event. Data may have any number of lines; a name or id with a line break would be a way
 * to forge events and throws.
 */
export function event(data: string, options: { id?: string; name?: string } = {}): string {
  const { id, name } = options;
  if (/[\r\n\0]/.test(`${id ?? ""}${name ?? ""}`))
    throw new Error("an event's name and id are one line");
  const head = `${name ? `event: ${name}\n` : ""}${id ? `id: ${id}\n` : ""}`;
  return `${head}data: ${data.replace(/\r\n|\r|\n/g, "\ndata: ")}\n\n`;
}
