import type { RunningParley } from "../process";
import { type Kept, lastAnswer, plainSource } from "./database";
import type { Witnessed } from "./load";

/** Longer than a batch takes to be recorded, even on a busy machine. */
const RECORDED_MS = 1_000;
/** Longer than all that waits takes to be written at the end. */
const DRAINED_MS = 60_000;

/** Holds what was left by each life of Parley against what was there and seen before. */
export class Trial {
  readonly broken = new Broken();
  readonly #parallel: number;
  readonly #acknowledged = new Set<string>();
  #last: Kept = { prompts: new Set(), answers: new Map(), generations: [], faults: [] };
  #sightings = 0;
  #recorded = 0;
  #lost = 0;
  #waited = 0;

  constructor(parallel: number) {
    this.#parallel = parallel;
  }

  /** The database as it was when it was looked at last. */
  get last(): Kept {
    return this.#last;
  }

  /** The most letters that a reader saw in the last second before a kill and that are gone. */
  get lost(): number {
    return this.#lost;
  }

  /** How much there was to look at. */
  get counts() {
    const { generations } = this.#last;
    return {
      "prompts acknowledged": this.#acknowledged.size,
      generations: generations.length,
      "killed while they ran": generations.filter(({ state }) => state === "interrupted").length,
      "killed while they waited": this.#waited,
      sightings: this.#sightings,
      "sightings a second before a kill": this.#recorded,
    };
  }

  /** Looks at what a killed Parley has left; `name` says which. */
  left(kept: Kept, witnessed: Witnessed, killedAt: number, name: string): void {
    for (const prompt of witnessed.acknowledged) this.#acknowledged.add(prompt);
    const texts = new Map<string, string>();
    for (const { messageId, at, text } of witnessed.sightings) {
      const source = kept.answers.get(messageId)?.text ?? "";
      const stored = texts.get(messageId) ?? plainSource(source);
      texts.set(messageId, stored);
      const recorded = at <= killedAt - RECORDED_MS;
      const how = () =>
        `${name}: ${messageId} showed ${text.length} letters ${killedAt - at} ms before, and ${stored.length} are kept`;
      this.broken.check(
        "no answer loses what a reader saw a second before",
        !recorded || stored.length >= text.length,
        how,
      );
      this.broken.check(
        "what a reader saw and what is kept begin alike",
        stored.startsWith(text) || text.startsWith(stored),
        how,
      );
      this.#sightings++;
      if (recorded) this.#recorded++;
      this.#lost = Math.max(this.#lost, text.length - stored.length);
    }
    this.#look(kept, name);
  }

  /** Looks at what the next Parley has made of it, in the database and on its pages. */
  async recovered(kept: Kept, parley: RunningParley, name: string): Promise<void> {
    const before = this.#last;
    const states = new Map(kept.generations.map(({ id, state }) => [id, state]));
    const ran = before.generations.filter(({ state }) => state === "running");
    const pages = ran.map(({ messageId }) => {
      const { conversationId } = kept.answers.get(messageId) ?? {};
      return parley.page(`/conversations/${conversationId}?at=${messageId}`);
    });
    for (const [index, html] of (await Promise.all(pages)).entries()) {
      const { id = "", messageId = "" } = ran[index] ?? {};
      const text = kept.answers.get(messageId)?.text;
      const shown = lastAnswer(html);
      this.broken.check(
        "what was running is interrupted after the next start, and shown with Continue",
        states.get(id) === "interrupted" &&
          text === before.answers.get(messageId)?.text &&
          shown?.messageId === messageId &&
          shown.text === plainSource(text ?? "") &&
          html.includes(`/messages/${messageId}/continue"`),
        () => `${name}: ${id} is ${states.get(id)}, and ${shown?.text.length} letters are shown`,
      );
    }
    const waited = before.generations.filter(({ state }) => state === "queued");
    this.#waited += waited.length;
    for (const { id } of waited.slice(0, this.#parallel)) {
      this.broken.check(
        "what was waiting runs after the next start",
        states.get(id) !== "queued",
        () => `${name}: ${id} still waits`,
      );
    }
    this.#look(kept, name);
  }

  /** Waits until nothing is left to do: then every generation has had its turn. */
  async drained(read: () => Kept): Promise<void> {
    const patience = Date.now() + DRAINED_MS;
    const unfinished = () =>
      this.#last.generations.filter(({ state }) => state === "queued" || state === "running");
    do {
      await Bun.sleep(100);
      this.#look(read(), "the end");
    } while (unfinished().length > 0 && Date.now() < patience);
    const odd = this.#last.generations.filter(
      ({ state }) => state !== "finished" && state !== "interrupted",
    );
    this.broken.check(
      "what was waiting runs after the next start",
      odd.length === 0,
      () => `the end: ${odd.map(({ id, state }) => `${id} is ${state}`).join(", ")}`,
    );
  }

  /** What holds at every look. */
  #look(kept: Kept, name: string): void {
    for (const prompt of this.#acknowledged) {
      this.broken.check(
        "no acknowledged prompt is lost",
        kept.prompts.has(prompt),
        () => `${name}: “${prompt}”`,
      );
    }
    for (const [id, { text }] of this.#last.answers) {
      this.broken.check(
        "no answer ever loses what was kept once",
        kept.answers.get(id)?.text.startsWith(text) ?? false,
        () => `${name}: ${id} had ${text.length}, has ${kept.answers.get(id)?.text.length}`,
      );
    }
    for (const fault of kept.faults) {
      this.broken.check(
        "the database is whole, and so is every turn in it",
        false,
        () => `${name}: ${fault}`,
      );
    }
    this.#last = kept;
  }
}

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
