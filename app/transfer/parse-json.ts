import { yielder } from "~/shared/in-steps";

/** What is parsed at once: some tenths of a millisecond. */
const PIECE = 64 * 1024;

const CODE = (character: string) => character.charCodeAt(0);
const [OPEN, CLOSE, BEGIN, END] = [CODE("{"), CODE("}"), CODE("["), CODE("]")];
const [QUOTE, BACKSLASH, COMMA, COLON] = [CODE('"'), CODE("\\"), CODE(","), CODE(":")];
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * What JSON.parse gives, piece by piece where a value is large, with everything else going on meanwhile. Throws
 * a SyntaxError for what is no JSON.
 */
export async function parseJson(json: Uint8Array): Promise<unknown> {
  const parser = new Parser(json);
  const value = await parser.value();
  parser.end();
  return value;
}

class Parser {
  readonly #json: Buffer;
  readonly #yieldIfDue = yielder();
  #at = 0;

  constructor(json: Uint8Array) {
    this.#json = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  }

  async value(): Promise<unknown> {
    await this.#yieldIfDue();
    const first = this.#peek();
    const end = first === QUOTE ? this.#stringEnd() : this.#endWithin(PIECE);
    if (end !== undefined) return this.#parse(end);
    return first === OPEN ? this.#object() : this.#array();
  }

  end(): void {
    if (this.#peek() !== undefined) throw notJson();
  }

  async #object(): Promise<unknown> {
    const entries: [string, unknown][] = [];
    if (this.#isEmpty(CLOSE)) return {};
    do {
      if (this.#peek() !== QUOTE) throw notJson();
      const name = this.#parse(this.#stringEnd()) as string;
      if (this.#peek() !== COLON) throw notJson();
      this.#at++;
      entries.push([name, await this.value()]);
    } while (this.#goesOn(CLOSE));
    return Object.fromEntries(entries);
  }

  async #array(): Promise<unknown> {
    const items: unknown[] = [];
    if (this.#isEmpty(END)) return items;
    do items.push(await this.value());
    while (this.#goesOn(END));
    return items;
  }

  /** Steps into what begins here; true where nothing but blanks is in it. */
  #isEmpty(end: number): boolean {
    this.#at++;
    if (this.#peek() !== end) return false;
    this.#at++;
    return true;
  }

  /** Steps over what stands behind a member: false where it is the end. */
  #goesOn(end: number): boolean {
    const next = this.#peek();
    if (next !== COMMA && next !== end) throw notJson();
    this.#at++;
    return next === COMMA;
  }

  /** The next byte that is no blank; undefined at the end. */
  #peek(): number | undefined {
    for (;;) {
      const byte = this.#json[this.#at];
      if (byte === undefined || !BLANK.has(byte)) return byte;
      this.#at++;
    }
  }

  #parse(end: number): unknown {
    const text = this.#json.toString("utf8", this.#at, end);
    this.#at = end;
    return JSON.parse(text);
  }

  /** Behind the string that begins here. */
  #stringEnd(): number {
    let quote = this.#at;
    do {
      quote = this.#json.indexOf(QUOTE, quote + 1);
      if (quote < 0) throw notJson();
    } while (this.#escapes(quote));
    return quote + 1;
  }

  #escapes(quote: number): boolean {
    let before = quote;
    while (this.#json[before - 1] === BACKSLASH) before--;
    return (quote - before) % 2 === 1;
  }

  /** Behind the value that begins here; undefined for an object or a list that is larger than `most` bytes. */
  #endWithin(most: number): number | undefined {
    const last = Math.min(this.#at + most, this.#json.length);
    let depth = 0;
    let inString = false;
    for (let at = this.#at; at < last; at++) {
      const byte = this.#json[at];
      if (inString) {
        if (byte === BACKSLASH) at++;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN || byte === BEGIN) depth++;
      else if (byte === CLOSE || byte === END || byte === COMMA) {
        if (depth === 0) return at;
        if (byte !== COMMA && --depth === 0) return at + 1;
      }
    }
    if (last === this.#json.length) return last;
    const first = this.#json[this.#at];
    return first === OPEN || first === BEGIN ? undefined : last;
  }
}

function notJson(): SyntaxError {
  return new SyntaxError("not JSON");
}
