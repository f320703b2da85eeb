/** Pieces wait until they are this part of the text, and this many characters more. */
const WAITING_PART = 1 / 64;
const WAITING_CHARACTERS = 256;

/**
 * A text that grows by small pieces. JavaScript keeps a string that was added to as a tree of all its pieces,
 * which takes ten times the memory of the text. Here they become longer parts now and then, and one string only
 * when that is asked for, so that a long text is not copied for its words.
 */
export class GrowingText {
  #parts: string[] = [];
  #length = 0;
  #pieces: string[] = [];
  #waiting = 0;

  add(piece: string): void {
    this.#pieces.push(piece);
    this.#waiting += piece.length;
    if (this.#waiting > WAITING_CHARACTERS + this.#length * WAITING_PART) this.#join();
  }

  /** The text so far, or its first `most` characters; the rest stays. */
  take(most = Number.POSITIVE_INFINITY): string {
    const text = this.toString();
    const rest = text.slice(most);
    this.#parts = rest === "" ? [] : [rest];
    this.#length = rest.length;
    return text.slice(0, text.length - rest.length);
  }

  get isEmpty(): boolean {
    return this.#length + this.#waiting === 0;
  }

  toString(): string {
    if (this.#waiting > 0) this.#join();
    if (this.#parts.length > 1) this.#parts = [this.#parts.join("")];
    return this.#parts[0] ?? "";
  }

  /** Makes one part of the pieces that wait. */
  #join(): void {
    this.#parts.push(this.#pieces.join(""));
    this.#length += this.#waiting;
    this.#pieces = [];
    this.#waiting = 0;
  }
}
