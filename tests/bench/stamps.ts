/** Marks when the host sent a chunk. Letters and digits only, which Markdown, links and highlighting leave alone. */
const STAMP = /s(\d+)at(\d+)z/g;

const LONGEST = 40;

/** Milliseconds since 1970 with fractions, comparable between processes. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Gets its time when the scripted host encodes it. */
class StampedChunk {
  constructor(
    private readonly before: string,
    private readonly seq: number,
  ) {}

  toJSON(): string {
    return `${this.before}s${this.seq}at${Math.round(now() * 10)}z`;
  }
}

/** A chunk with a stamp behind `before`; no string, but a scenario only encodes its chunks. */
export function stampedChunk(before: string, seq: number): string {
  return new StampedChunk(before, seq) as unknown as string;
}

export function withStamps(
  chunks: readonly string[],
  nth: number,
): { chunks: string[]; stamps: number } {
  let words = 0;
  let stamps = 0;
  const stamped = chunks.map((chunk) => {
    // Only within a line: elsewhere a stamp could change the kind of block.
    const fits = /^ [a-z]/.test(chunk) && words++ % nth === 0;
    return fits ? stampedChunk(" ", stamps++) : chunk;
  });
  return { chunks: stamped, stamps };
}

export function stampsIn(text: string): number[] {
  return [...text.matchAll(STAMP)].map(([, seq]) => Number(seq));
}

/** Finds stamps in chunks of text that may repeat; each counts once. */
export class StampReader {
  /** In milliseconds, one for each stamp. */
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
