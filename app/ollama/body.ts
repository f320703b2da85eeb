import { HOST_JSON_VALUES, LINE_BYTES, STREAM_BYTES } from "~/limits";
import { OllamaFailure } from "./failure";

const [NEWLINE, COMMA, BRACKET, BRACE] = [10, 44, 91, 123];

/** Throws if the body is longer than `most` bytes. */
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

/** The first `most` bytes of a body as text; the rest is not read. */
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

/** Splits a body into lines. Text after the last newline is dropped: a broken connection leaves half a line. */
export class LineSplitter {
  #begun: Uint8Array[] = [];
  #begunBytes = 0;
  #total = 0;

  /** The lines that these bytes complete; throws if they are too long. */
  push(bytes: Uint8Array): string[] {
    this.#total += bytes.length;
    if (this.#total > STREAM_BYTES) throw tooMuch("in one answer", STREAM_BYTES);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    const first = end > 0 ? bytes.indexOf(NEWLINE) : bytes.length;
    if (this.#begunBytes + first > LINE_BYTES || hasLongLine(bytes)) {
      throw tooMuch("in one line", LINE_BYTES);
    }
    const lines = end > 0 ? this.#complete(bytes.subarray(0, end - 1)) : [];
    if (end < bytes.length) {
      // A slice would keep the connection's whole buffer in memory.
      this.#begun.push(bytes.slice(end));
      this.#begunBytes += bytes.length - end;
    }
    return lines;
  }

  #complete(bytes: Uint8Array): string[] {
    const whole = this.#begun.length > 0 ? Buffer.concat([...this.#begun, bytes]) : bytes;
    this.#begun = [];
    this.#begunBytes = 0;
    return Buffer.from(whole.buffer, whole.byteOffset, whole.length).toString().split("\n");
  }
}

function hasLongLine(bytes: Uint8Array): boolean {
  let from = 0;
  while (bytes.length - from > LINE_BYTES) {
    const end = bytes.indexOf(NEWLINE, from);
    if (end < 0 || end - from > LINE_BYTES) return true;
    from = end + 1;
  }
  return false;
}

/** Throws if JSON has too many values, without parsing it. */
export function checkValues(json: string): void {
  if (json.length <= HOST_JSON_VALUES) return;
  let values = 1;
  for (let at = 0; at < json.length; at++) {
    const sign = json.charCodeAt(at);
    // Every value but the first follows one of these. Those inside strings count too.
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
