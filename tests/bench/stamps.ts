/**
 * Marks in an answer that say when the host sent them. They are words of letters and digits, which
 * Markdown, links and highlighting leave as they are, so a reader finds them in any form of the answer.
 */
const STAMP = /s(\d+)at(\d+)z/g;

/** No stamp is longer. */
const LONGEST = 40;

/** Milliseconds since 1970 with fractions, comparable between the processes of one machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** A chunk of an answer that is written down only when the scripted host puts it into a line. */
class StampedChunk {
  constructor(
    private readonly before: string,
    private readonly seq: number,
  ) {}

  toJSON(): string {
    return `${this.before}s${this.seq}at${Math.round(now() * 10)}z`;
  }
}

/** A chunk with a stamp behind `before`. A scenario's chunks are strings; it only ever encodes them. */
export function stampedChunk(before: string, seq: number): string {
  return new StampedChunk(before, seq) as unknown as string;
}

/** The chunks with a stamp in front of every `nth` word, and how many there are. */
export function withStamps(
  chunks: readonly string[],
  nth: number,
): { chunks: string[]; stamps: number } {
  let words = 0;
  let stamps = 0;
  const stamped = chunks.map((chunk) => {
    // Only between words of one line: elsewhere a stamp could change what kind of block it is.
    const fits = /^ [a-z]/.test(chunk) && words++ % nth === 0;
    return fits ? stampedChunk(" ", stamps++) : chunk;
  });
  return { chunks: stamped, stamps };
}

/** The numbers of the stamps in a text, in order. */
export function stampsIn(text: string): number[] {
  return [...text.matchAll(STAMP)].map(([, seq]) => Number(seq));
}

/** Finds stamps in a text that comes in chunks and may repeat itself; each counts once. */
export class StampReader {
  /** The lag of each stamp in milliseconds. */
  readonly lags: number[] = [];
  #rest = "";
  #next = 0;

  take(chunk: string): void {
    const at = now();
    const text = this.#rest + chunk;
    for (const [, seq, sent] of text.matchAll(STAMP)) {
      if (Number(seq) < this.#next) continue;
      this.#next = Number(seq) + 1;
      this.lags.push(at - Number(sent) / 10);
    }
    this.#rest = text.slice(-LONGEST);
  }
}
