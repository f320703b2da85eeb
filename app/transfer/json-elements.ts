import { IMPORTED_VALUES, JSON_DEPTH } from "~/limits";
import { yielder } from "~/shared/in-steps";
import { BadFile } from "./bad-file";

const CODE = (character: string) => character.charCodeAt(0);
const [OPEN, CLOSE, BEGIN, END] = [CODE("{"), CODE("}"), CODE("["), CODE("]")];
const [QUOTE, BACKSLASH, COMMA] = [CODE('"'), CODE("\\"), CODE(",")];
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** The bytes of each object of a JSON array, or of a single object, not validated; throws BadFile if cut off or above `maxBytes`. */
export async function* jsonElements(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array, void> {
  const reader = new ElementReader(maxBytes);
  const yieldIfDue = yielder();
  for await (const chunk of chunks) {
    yield* reader.read(chunk);
    await yieldIfDue();
  }
  reader.end();
}

class ElementReader {
  readonly #maxBytes: number;
  #state: "start" | "element or end" | "element" | "inside" | "after element" | "end" = "start";
  #inArray = false;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #seen = 0;
  #values = 0;
  #kept: Uint8Array[] = [];
  #keptBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  *read(chunk: Uint8Array): Generator<Uint8Array, void> {
    let begin = 0;
    for (let at = 0; at < chunk.length; at++) {
      // `at` is below the length.
      const byte = chunk[at] as number;
      if (this.#state === "inside") {
        if (!this.#endsElement(byte)) continue;
        yield this.#whole(chunk.subarray(begin, at + 1));
        this.#state = this.#inArray ? "after element" : "end";
      } else if (this.#startsElement(byte)) {
        begin = at;
      }
    }
    this.#seen += chunk.length;
    if (this.#state === "inside") this.#keep(chunk.subarray(begin));
  }

  end(): void {
    if (this.#state === "end") return;
    throw this.#state === "start"
      ? new BadFile("empty-file", "The file is empty.")
      : new BadFile("cut-off", "The file ends in the middle: it was not written or sent whole.");
  }

  #endsElement(byte: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
      return false;
    }
    if (byte === QUOTE) this.#inString = true;
    else if (byte === COMMA) this.#count();
    else if (byte === OPEN || byte === BEGIN) this.#deeper();
    else if (byte === CLOSE || byte === END) return --this.#depth === 0;
    return false;
  }

  #count(): void {
    if (++this.#values > IMPORTED_VALUES) {
      const most = IMPORTED_VALUES.toLocaleString("en");
      throw new BadFile(
        "too-many-values",
        `A conversation in the file has more than ${most} values.`,
      );
    }
  }

  #deeper(): void {
    this.#count();
    if (++this.#depth > JSON_DEPTH) {
      throw new BadFile("too-deep", "The file is nested deeper than any conversation is.");
    }
  }

  #startsElement(byte: number): boolean {
    if (BLANK.has(byte)) return false;
    const state = this.#state;
    if (byte === OPEN && ["start", "element", "element or end"].includes(state)) {
      this.#state = "inside";
      this.#depth = 1;
      this.#values = 0;
      return true;
    }
    if (byte === BEGIN && state === "start") {
      this.#inArray = true;
      this.#state = "element or end";
    } else if (byte === COMMA && state === "after element") this.#state = "element";
    else if (byte === END && ["after element", "element or end"].includes(state))
      this.#state = "end";
    else if (!this.#isMark(byte)) throw notJson();
    return false;
  }

  #isMark(byte: number): boolean {
    return this.#state === "start" && this.#seen === 0 && BYTE_ORDER_MARK.includes(byte);
  }

  #keep(part: Uint8Array): void {
    this.#keptBytes += part.length;
    if (this.#keptBytes > this.#maxBytes) throw tooLarge(this.#maxBytes);
    // Copied, since the caller may reuse the chunk.
    this.#kept.push(part.slice());
  }

  #whole(last: Uint8Array): Uint8Array {
    if (this.#keptBytes + last.length > this.#maxBytes) throw tooLarge(this.#maxBytes);
    if (this.#kept.length === 0) return last;
    const whole = Buffer.concat([...this.#kept, last]);
    this.#kept = [];
    this.#keptBytes = 0;
    return whole;
  }
}

function notJson(): BadFile {
  return new BadFile("not-json", "The file is not a list of conversations in JSON.");
}

function tooLarge(maxBytes: number): BadFile {
  const size = Math.round(maxBytes / 1024 / 1024);
  return new BadFile("too-large", `A conversation in the file is larger than ${size} MiB.`);
}
