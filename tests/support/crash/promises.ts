/** What holds whenever Parley is killed. */
export const PROMISES = [
  "no acknowledged prompt is lost",
  "no answer loses what a reader saw a second before",
  "what a reader saw and what is kept begin alike",
  "no answer ever loses what was kept once",
  "the database is whole, and so is every turn in it",
  "what was running is interrupted after the next start, and shown with Continue",
  "what was waiting runs after the next start",
] as const;

export type CrashPromise = (typeof PROMISES)[number];

/** Keeps what broke a promise, so that one look tells all of it. */
export class Broken {
  readonly #by = new Map<CrashPromise, string[]>();

  /** Notes how a promise was broken, unless it was kept. */
  check(promise: CrashPromise, kept: boolean, how: () => string): void {
    if (kept) return;
    const list = this.#by.get(promise) ?? [];
    this.#by.set(promise, [...list, how()]);
  }

  /** How a promise was broken; empty where it was kept. */
  of(promise: CrashPromise): string[] {
    return this.#by.get(promise) ?? [];
  }
}
