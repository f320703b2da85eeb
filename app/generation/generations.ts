import type { Db } from "~/db/db";
import type { Generation } from "~/db/generations";
import type { GenerationEnd } from "~/db/upkeep/generations";
import { HOST_AT_START_MS } from "~/limits";
import type { Log, LogFields } from "~/log.server";
import type { Catalog } from "~/models/catalog";
import { OllamaFailure } from "~/ollama/failure";
import { type AbortReason, ActiveGeneration, ActiveGenerations } from "./active";
import { LiveAnswer, type LiveAnswerIds, Pace, type Written } from "./live-answer";
import { LoadingWatch } from "./loading";
import { Queue } from "./queue";
import { Recorder } from "./recorder";
import {
  type End,
  recordEnd,
  saveWithRetries,
  type WriteServices,
  writeAnswer,
} from "./write-answer";

export type Queued = Pick<Generation, "id" | "ownerId" | "conversationId" | "messageId" | "model">;

export interface Ended {
  ids: LiveAnswerIds;
  state: GenerationEnd["state"];
}

interface Options {
  db: Db;
  catalog: Catalog;
  log: Log;
  parallel: number;
  queue: number;
}

/** Writes answers: at most `parallel` at a time, the others queued in order. */
export class Generations {
  readonly #options: Options;
  readonly #services: WriteServices;
  readonly #queue: Queue;
  readonly #active = new ActiveGenerations();
  readonly #pace = new Pace();
  readonly #beginListeners: ((ids: LiveAnswerIds) => void)[] = [];
  readonly #endListeners: ((ended: Ended) => void)[] = [];
  readonly #shutdown = new AbortController();
  #next: (ended: Ended) => Promise<void> = async () => {};

  constructor(options: Options) {
    const { db, catalog, log, parallel } = options;
    this.#options = options;
    this.#queue = new Queue(
      parallel,
      (generation) => this.#run(generation),
      (running) => {
        this.#pace.running = running;
      },
    );
    this.#services = {
      ...{ db, catalog, log },
      recorder: new Recorder(db, (error) => log.error("recording failed", { error })),
      loading: new LoadingWatch(),
      onFirstToken: () => this.#queue.accepted(),
    };
  }

  canQueue(): boolean {
    return this.#queue.takes(this.#options.queue);
  }

  /** Adds a generation that is queued in the database; `written` is the text that it continues. */
  enqueue(generation: Queued, written?: Written, patienceMs = 0): void {
    const { id: generationId, ...ids } = generation;
    const live = new LiveAnswer({ generationId, ...ids }, this.#pace, written);
    const active = new ActiveGeneration(live, patienceMs);
    this.#active.add(active);
    for (const listener of this.#beginListeners) listener(live.ids);
    this.#queue.add(active);
  }

  /** The live answers of a conversation, oldest first. */
  liveIn(ownerId: string, conversationId: string): LiveAnswer[] {
    return this.#active.answersIn(ownerId, conversationId);
  }

  /** Keeps the text. Resolves when the end is saved, or when saving it failed once and will be retried. */
  async stop(ownerId: string, generationId: string): Promise<void> {
    const generation = this.#active.find(ownerId, generationId);
    if (!generation) return;
    generation.abort.abort("stopped" satisfies AbortReason);
    if (this.#queue.remove(generation)) void this.#finish(generation, { state: "stopped" });
    await generation.savedOrFailing;
  }

  idle(): boolean {
    return this.#active.size === 0;
  }

  /** The listener must not throw and must be fast. */
  onBegin(listener: (ids: LiveAnswerIds) => void): void {
    this.#beginListeners.push(listener);
  }

  /** Called in every state, after `follow`; the listener must not throw and must be fast. */
  onEnd(listener: (ended: Ended) => void): void {
    this.#endListeners.push(listener);
  }

  /** Sets what continues a conversation after an answer; it is done before readers see the end. */
  follow(next: (ended: Ended) => Promise<void>): void {
    this.#next = next;
  }

  /** After a crash: interrupts running generations and runs queued ones. */
  async recover(): Promise<void> {
    const { db, log } = this.#options;
    for (const generation of await db.upkeep.generations.unfinished()) {
      if (generation.state === "queued") {
        const written = await db.of(generation.ownerId).messages.find(generation.messageId);
        this.enqueue(generation, written, HOST_AT_START_MS);
      } else {
        const interrupted = { state: "interrupted", endedAt: Date.now() } as const;
        await db.upkeep.generations.end(generation.id, interrupted);
        log.info("generation interrupted", { generation: generation.id });
      }
    }
  }

  /** Running ones save their text and become interrupted; queued ones stay queued. */
  async close(): Promise<void> {
    this.#shutdown.abort();
    const queued = this.#queue.close();
    const running = [...this.#active].filter((generation) => !queued.has(generation));
    for (const { abort } of running) abort.abort("interrupted" satisfies AbortReason);
    await Promise.all(running.map(({ over }) => over));
  }

  async #run(generation: ActiveGeneration): Promise<void> {
    const begun = performance.now();
    const end = await writeAnswer(this.#services, generation).catch((error) =>
      this.#endAfter(generation, error),
    );
    if (!end) return;
    this.#queue.freed();
    // An end that cannot be saved yet does not delay the next generation.
    void this.#finish(generation, end, begun);
    await generation.savedOrFailing;
  }

  async #endAfter(generation: ActiveGeneration, error: unknown): Promise<End | undefined> {
    try {
      return (await this.#putBack(generation, error)) ? undefined : this.#failed(generation, error);
    } catch (fault) {
      return this.#failed(generation, fault);
    }
  }

  async #putBack(generation: ActiveGeneration, error: unknown): Promise<boolean> {
    const { live, abort, id } = generation;
    const begun = live.status.state === "thinking" || live.status.state === "writing";
    if (begun || !(error instanceof OllamaFailure) || error.code !== "busy") return false;
    if (!this.#queue.mayRetry(generation)) return false;
    const { db, log } = this.#options;
    await saveWithRetries(live, () => db.upkeep.generations.putBack(id), abort.signal);
    if (abort.signal.aborted) return false;
    const waitMs = this.#queue.putBack(generation);
    log.info("host busy", { generation: id, waitMs: Math.round(waitMs) });
    return true;
  }

  #failed({ abort }: ActiveGeneration, error: unknown): End {
    const { catalog, log } = this.#options;
    // Only `stop` and `close` abort, with an AbortReason.
    if (abort.signal.aborted) return { state: abort.signal.reason as AbortReason };
    if (error instanceof OllamaFailure) {
      catalog.forget();
      return { state: "failed", errorCode: error.code, errorDetail: error.message };
    }
    const id = Bun.randomUUIDv7();
    log.error("generation failed", { id, error });
    return { state: "failed", errorCode: "own-fault", errorDetail: id };
  }

  async #finish(generation: ActiveGeneration, end: End, begun?: number): Promise<void> {
    const { log } = this.#options;
    const { id } = generation;
    try {
      await recordEnd(this.#services, generation, end, this.#shutdown.signal);
      const fields: LogFields = { generation: id, state: end.state };
      if (end.errorCode) fields.code = end.errorCode;
      if (begun !== undefined) fields.ms = Math.round(performance.now() - begun);
      log.info("generation ended", fields);
    } catch (error) {
      log.error("an end was not recorded", { error, generation: id });
    }
    await this.#afterEnd(generation, end.state);
  }

  async #afterEnd(generation: ActiveGeneration, state: Ended["state"]): Promise<void> {
    const { ids } = generation.live;
    this.#active.delete(generation);
    await this.#next({ ids, state }).catch((error) =>
      this.#options.log.error("the conversation did not go on", {
        error,
        generation: generation.id,
      }),
    );
    generation.end();
    for (const listener of this.#endListeners) listener({ ids, state });
  }
}
