import { HOST_JSON_VALUES, LINE_BYTES, STREAM_BYTES } from "~/limits";
import { OllamaFailure } from "./failure";

const [NEWLINE, COMMA, BRACKET, BRACE] = [10, 44, 91, 123];
/** After this much work on one body everything else gets its turn. */
const TURN_MS = 8;

/** A whole body as text; throws where it is longer than `most` bytes, and reads no further. */
export async function readWhole(
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let left = most;
  for await (const chunk of body ?? []) {
    left -= chunk.length;
    if (left < 0) throw tooMuch("at once", most);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** The first `most` bytes of a body as text. The rest is never read. */
export async function readBeginning(
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let left = most;
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk.subarray(0, left), { stream: true });
    left -= chunk.length;
    if (left <= 0) break;
  }
  return text;
}

/**
 * The lines of a body, each chunk's at once. What follows the last newline is dropped: a connection that breaks
 * leaves half a line.
 */
export async function* linesIn(body: ReadableStream<Uint8Array>): AsyncGenerator<string[], void> {
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  let all = 0;
  let since = performance.now();
  for await (const chunk of body) {
    all += chunk.length;
    if (all > STREAM_BYTES) throw tooMuch("in one answer", STREAM_BYTES);
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    const first = end > 0 ? chunk.indexOf(NEWLINE) : chunk.length;
    if (begunBytes + first > LINE_BYTES || hasLongLine(chunk)) {
      throw tooMuch("in one line", LINE_BYTES);
    }
    if (end > 0) {
      const lines = Buffer.concat([...begun, chunk.subarray(0, end - 1)])
        .toString()
        .split("\n");
      begun = [];
      begunBytes = 0;
      yield lines;
    }
    if (end < chunk.length) {
      begun.push(chunk.subarray(end));
      begunBytes += chunk.length - end;
    }
    if (performance.now() - since > TURN_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
  }
}

/** Whether a chunk has a line, whole or begun, that is longer than a line may be. */
function hasLongLine(chunk: Uint8Array): boolean {
  let from = 0;
  while (chunk.length - from > LINE_BYTES) {
    const end = chunk.indexOf(NEWLINE, from);
    if (end < 0 || end - from > LINE_BYTES) return true;
    from = end + 1;
  }
  return false;
}

/** Throws where JSON holds more values than it may; they are not parsed for that. */
export function checkValues(json: string): void {
  if (json.length <= HOST_JSON_VALUES) return;
  let values = 1;
  for (let at = 0; at < json.length; at++) {
    const sign = json.charCodeAt(at);
    // Each value follows one of these, but for the first of all; in a text they count as well.
    if (sign === COMMA || sign === BRACKET || sign === BRACE) values++;
  }
  if (values <= HOST_JSON_VALUES) return;
  const most = HOST_JSON_VALUES.toLocaleString("en");
  throw new OllamaFailure("garbled", `The host sent more than ${most} values at once.`);
}

function tooMuch(where: string, most: number): OllamaFailure {
  return new OllamaFailure("garbled", `The host sent more than ${size(most)} ${where}.`);
}

function size(bytes: number): string {
  return `${bytes / 1024 ** 2} MiB`;
}
