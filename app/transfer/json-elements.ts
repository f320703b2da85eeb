import { IMPORTED_VALUES, JSON_DEPTH } from "~/limits";
import { yielder } from "~/shared/in-steps";
import { BadFile } from "./bad-file";

const CODE = (character: string) => character.charCodeAt(0);
const [OPEN, CLOSE, BEGIN, END] = [CODE("{"), CODE("}"), CODE("["), CODE("]")];
const [QUOTE, BACKSLASH, COMMA] = [CODE('"'), CODE("\\"), CODE(",")];
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * The objects of a JSON array one after the other, each as its own bytes, or the one object that the document
 * is. So a large file is never held, or parsed, as one thing. What is inside an object is for JSON.parse to
 * judge. Throws a BadFile where the document is no such array, ends too early, or has an object of more than
 * `most` bytes.
 */
export async function* jsonElements(
  chunks: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<Uint8Array, void> {
  const cutter = new Cutter(most);
  const yieldIfDue = yielder();
  for await (const chunk of chunks) {
    yield* cutter.take(chunk);
    await yieldIfDue();
  }
  cutter.end();
}

class Cutter {
  readonly #most: number;
  #place: "start" | "element or end" | "element" | "inside" | "behind" | "over" = "start";
  #inArray = false;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #seen = 0;
  /** Of the element so far. */
  #values = 0;
  /** The element so far, where it began in an earlier chunk. */
  #kept: Uint8Array[] = [];
  #keptBytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  *take(chunk: Uint8Array): Generator<Uint8Array, void> {
    let begin = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (this.#place === "inside") {
        if (!this.#closes(byte)) continue;
        yield this.#whole(chunk.subarray(begin, at + 1));
        this.#place = this.#inArray ? "behind" : "over";
      } else if (this.#outside(byte)) {
        begin = at;
      }
    }
    this.#seen += chunk.length;
    if (this.#place === "inside") this.#keep(chunk.subarray(begin));
  }

  end(): void {
    if (this.#place === "over") return;
    throw this.#place === "start"
      ? new BadFile("empty-file", "The file is empty.")
      : new BadFile("cut-off", "The file ends in the middle: it was not written or sent whole.");
  }

  /** Whether this byte ends the element. */
  #closes(byte: number): boolean {
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

  /** Between elements; true where one begins with this byte. */
  #outside(byte: number): boolean {
    if (BLANK.has(byte)) return false;
    const place = this.#place;
    if (byte === OPEN && ["start", "element", "element or end"].includes(place)) {
      this.#place = "inside";
      this.#depth = 1;
      this.#values = 0;
      return true;
    }
    if (byte === BEGIN && place === "start") {
      this.#inArray = true;
      this.#place = "element or end";
    } else if (byte === COMMA && place === "behind") this.#place = "element";
    else if (byte === END && ["behind", "element or end"].includes(place)) this.#place = "over";
    else if (!this.#isMark(byte)) throw notJson();
    return false;
  }

  #isMark(byte: number): boolean {
    return this.#place === "start" && this.#seen === 0 && BYTE_ORDER_MARK.includes(byte);
  }

  #keep(part: Uint8Array): void {
    this.#keptBytes += part.length;
    if (this.#keptBytes > this.#most) throw tooLarge(this.#most);
    // The chunk may be used again by whoever gave it.
    this.#kept.push(part.slice());
  }

  #whole(last: Uint8Array): Uint8Array {
    if (this.#keptBytes + last.length > this.#most) throw tooLarge(this.#most);
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

function tooLarge(most: number): BadFile {
  const size = Math.round(most / 1024 / 1024);
  return new BadFile("too-large", `A conversation in the file is larger than ${size} MiB.`);
}
