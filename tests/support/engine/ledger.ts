import type { Database } from "bun:sqlite";

/** What was said to Parley, and what must therefore be there; every prompt is of other words. */
export class Ledger {
  /** Taken with a 303: there exactly once. */
  readonly #kept = new Set<string>();
  /** May be there once: it was on its way when Parley was killed, or may have gone with what was deleted. */
  readonly #perhaps = new Set<string>();
  /** Refused, withdrawn, or put in other words: not there. */
  readonly #gone = new Set<string>();
  #count = 0;

  /** Words that were never said before. */
  words(kind: string): string {
    return `${kind} ${++this.#count}.`;
  }

  get count(): number {
    return this.#count;
  }

  /** Notes what was said to a prompt: taken, refused, or nothing at all. */
  answered(prompt: string, status: number | undefined): void {
    if (status === 303) this.#kept.add(prompt);
    else if (status === undefined) this.#perhaps.add(prompt);
    else this.#gone.add(prompt);
  }

  /** Notes that words were taken back, or perhaps were. */
  withdrawn(prompt: string, status: number | undefined): void {
    if (status === 303) this.#move(prompt, this.#gone);
    else if (status === undefined) this.#move(prompt, this.#perhaps);
  }

  /** Notes that these prompts may have gone with something. */
  deleted(prompts: readonly string[]): void {
    for (const prompt of prompts) if (!this.#gone.has(prompt)) this.#move(prompt, this.#perhaps);
  }

  /** Which prompts are there too often or not at all. */
  faults(db: Database): string[] {
    const there = db
      .query<{ text: string }, []>(
        `select content as text from messages where role = 'user'
         union all select prompt from waiting_prompts`,
      )
      .all();
    const counts = new Map<string, number>();
    for (const { text } of there) counts.set(text, (counts.get(text) ?? 0) + 1);
    const wrong = (prompts: Set<string>, least: number, most: number) =>
      [...prompts]
        .map((prompt) => ({ prompt, count: counts.get(prompt) ?? 0 }))
        .filter(({ count }) => count < least || count > most)
        .map(({ prompt, count }) => `“${prompt}” is there ${count} times, not ${least} to ${most}`);
    return [...wrong(this.#kept, 1, 1), ...wrong(this.#perhaps, 0, 1), ...wrong(this.#gone, 0, 0)];
  }

  #move(prompt: string, to: Set<string>): void {
    this.#kept.delete(prompt);
    this.#perhaps.delete(prompt);
    to.add(prompt);
  }
}
