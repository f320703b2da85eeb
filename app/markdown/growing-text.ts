/** Pieces wait until they are this part of the text, and this many characters more. */
const WAITING_PART = 1 / 64;
const WAITING_CHARACTERS = 256;

/**
 * A text that grows by small pieces. JavaScript keeps a string that was added to as a tree of all its pieces,
 * which takes ten times the memory of the text; here they become one string now and then, so seldom that a
 * long text is not copied for each of its words.
 */
export class GrowingText {
  #text = "";
  #pieces: string[] = [];
  #waiting = 0;

  add(piece: string): void {
    this.#pieces.push(piece);
    this.#waiting += piece.length;
    if (this.#waiting > WAITING_CHARACTERS + this.#text.length * WAITING_PART) this.#join();
  }

  toString(): string {
    if (this.#waiting > 0) this.#join();
    return this.#text;
  }

  #join(): void {
    this.#text = [this.#text, ...this.#pieces].join("");
    this.#pieces = [];
    this.#waiting = 0;
  }
}
