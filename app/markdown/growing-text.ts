/** Chunks are pending until they are this part of the text, and this many characters more. */
const PENDING_PART = 1 / 64;
const PENDING_CHARACTERS = 256;

/** A text that grows by chunks, joined into ever longer parts: `+=` keeps every chunk, at ten times the memory of the text. */
export class GrowingText {
  length = 0;

  #parts: string[] = [];
  #pending: string[] = [];
  #pendingLength = 0;

  add(chunk: string): void {
    if (chunk === "") return;
    this.#pending.push(chunk);
    this.#pendingLength += chunk.length;
    this.length += chunk.length;
    const joined = this.length - this.#pendingLength;
    if (this.#pendingLength > PENDING_CHARACTERS + joined * PENDING_PART) this.#join();
  }

  /** The characters from `from` on, up to `to`; looks at the end first, where readers are. */
  slice(from: number, to = this.length): string {
    const found: string[] = [];
    let start = this.length;
    for (const chunks of [this.#pending, this.#parts]) {
      for (let at = chunks.length - 1; at >= 0 && start > from; at--) {
        const chunk = chunks[at] ?? "";
        start -= chunk.length;
        if (start < to) found.push(chunk);
      }
    }
    return found
      .reverse()
      .join("")
      .slice(from - start, Math.max(0, to - start));
  }

  toString(): string {
    if (this.#pendingLength > 0) this.#join();
    if (this.#parts.length > 1) this.#parts = [this.#parts.join("")];
    return this.#parts[0] ?? "";
  }

  #join(): void {
    this.#parts.push(this.#pending.join(""));
    this.#pending = [];
    this.#pendingLength = 0;
  }
}
