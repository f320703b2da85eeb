import type { Db } from "~/db/db";
import type { Generation } from "~/db/generations";
import type { GenerationEnd } from "~/db/upkeep/generations";
import { HOST_AT_START_MS } from "~/limits";
import type { Log, LogFields } from "~/log.server";
import type { Catalog } from "~/models/catalog";
import { OllamaFailure } from "~/ollama/failure";
import { type AbortReason, ActiveGeneration, ActiveGenerations } from "./active";
import { LiveAnswer, type LiveAnswerIds, Pace } from "./live-answer";
import { LoadingWatch } from "./loading";
import { Queue } from "./queue";
import { recordEnd } from "./record-end";
import { Recorder } from "./recorder";
import { type End, savedFor, type WriteServices, writeAnswer } from "./write-answer";

/** What there is to write: a queued generation as the database has it. */
export type Queued = Pick<Generation, "id" | "ownerId" | "conversationId" | "messageId" | "model">;

/** A generation whose end is in the database. */
export interface Ended {
  ids: LiveAnswerIds;
  state: GenerationEnd["state"];
}

interface Options {
  db: Db;
  catalog: Catalog;
  log: Log;
  /** How many answers are written at a time. */
  parallel: number;
  /** How many more may be queued. */
  queue: number;
}

/** Writes answers: at most `parallel` at a time, the rest in order. */
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

  /** Whether one more may be queued. */
  canQueue(): boolean {
    return this.#queue.takes(this.#options.queue);
  }

  /** Takes over a generation that is in the database as queued. */
  enqueue(generation: Queued): Promise<void> {
    return this.#take(generation, 0);
  }

  /**
   * The answers that are being written in a conversation, the oldest first: more than one if somebody asks
   * again before the first has ended.
   */
  liveIn(ownerId: string, conversationId: string): LiveAnswer[] {
    return this.#active.answersIn(ownerId, conversationId);
  }

  /**
   * Stops in any state and keeps what was written; resolves when the end is in the database, or cannot be saved
   * for now: then it is tried again until it can.
   */
  async stop(ownerId: string, generationId: string): Promise<void> {
    const generation = this.#active.find(ownerId, generationId);
    if (!generation) return;
    generation.abort.abort("stopped" satisfies AbortReason);
    if (this.#queue.remove(generation)) void this.#finish(generation, { state: "stopped" });
    await generation.savedOrFailing;
  }

  /** True while nothing is queued or being written. */
  idle(): boolean {
    return this.#active.size === 0;
  }

  /** Tells of each generation that is taken over. A listener must not throw and takes no time. */
  onBegin(listener: (ids: LiveAnswerIds) => void): void {
    this.#beginListeners.push(listener);
  }

  /**
   * Tells of each generation that has ended, in any state, when what comes next has begun. A listener must not
   * throw and takes no time. At a shutdown what was running ends as interrupted.
   */
  onEnd(listener: (ended: Ended) => void): void {
    this.#endListeners.push(listener);
  }

  /**
   * Sets what comes next in a conversation whose answer has ended. Readers of that answer hear of its end only
   * when this is done, and find the next answer there.
   */
  follow(next: (ended: Ended) => Promise<void>): void {
    this.#next = next;
  }

  /** After a crash: what was running is interrupted, what was queued runs. */
  async recover(): Promise<void> {
    const { db, log } = this.#options;
    for (const generation of await db.upkeep.generations.unfinished()) {
      if (generation.state === "queued") await this.#take(generation, HOST_AT_START_MS);
      else {
        const interrupted = { state: "interrupted", endedAt: Date.now() } as const;
        await db.upkeep.generations.end(generation.id, interrupted);
        log.info("generation interrupted", { generation: generation.id });
      }
    }
  }

  /** Running ones save their text and count as interrupted; queued ones stay queued. */
  async close(): Promise<void> {
    this.#shutdown.abort();
    const queued = this.#queue.close();
    const running = [...this.#active].filter((generation) => !queued.has(generation));
    for (const { abort } of running) abort.abort("interrupted" satisfies AbortReason);
    await Promise.all(running.map(({ over }) => over));
  }

  async #take(generation: Queued, patienceMs: number): Promise<void> {
    const { id: generationId, ...ids } = generation;
    const { db } = this.#options;
    const begun = await db.of(ids.ownerId).messages.find(ids.messageId);
    const live = new LiveAnswer({ generationId, ...ids }, this.#pace, begun);
    const active = new ActiveGeneration(live, patienceMs);
    this.#active.add(active);
    for (const tell of this.#beginListeners) tell(live.ids);
    this.#queue.add(active);
  }

  async #run(generation: ActiveGeneration): Promise<void> {
    const begun = performance.now();
    const end = await writeAnswer(this.#services, generation).catch((error) =>
      this.#endAfter(generation, error),
    );
    if (!end) return;
    this.#queue.freed();
    // An end that cannot be saved for now does not keep the next one from being written.
    void this.#finish(generation, end, begun);
    await generation.savedOrFailing;
  }

  /** How a generation ends after an error; undefined if it was queued again. */
  async #endAfter(generation: ActiveGeneration, error: unknown): Promise<End | undefined> {
    try {
      return (await this.#putBack(generation, error)) ? undefined : this.#failed(generation, error);
    } catch (fault) {
      return this.#failed(generation, fault);
    }
  }

  /** Queues a generation again if its host was too busy to begin with it; false if it is to end instead. */
  async #putBack(generation: ActiveGeneration, error: unknown): Promise<boolean> {
    const { live, abort, id } = generation;
    const begun = live.status.state === "thinking" || live.status.state === "writing";
    if (begun || !(error instanceof OllamaFailure) || error.code !== "busy") return false;
    if (!this.#queue.mayTryAgain(generation)) return false;
    const { db, log } = this.#options;
    await savedFor(live, () => db.upkeep.generations.putBack(id), abort.signal);
    if (abort.signal.aborted) return false;
    const waitMs = this.#queue.putBack(generation);
    log.info("host busy", { generation: id, waitMs: Math.round(waitMs) });
    return true;
  }

  #failed({ abort }: ActiveGeneration, error: unknown): End {
    const { catalog, log } = this.#options;
    // Only `stop` and `close` abort, with the state that is meant.
    if (abort.signal.aborted) return { state: abort.signal.reason as AbortReason };
    if (error instanceof OllamaFailure) {
      // The host or a model may be gone.
      catalog.forget();
      return { state: "failed", errorCode: error.code, errorDetail: error.message };
    }
    const id = Bun.randomUUIDv7();
    log.error("generation failed", { id, error });
    return { state: "failed", errorCode: "own-fault", errorDetail: id };
  }

  /** Saves how a generation has ended, and lets its conversation go on. */
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
    await this.#leave(generation, end.state);
  }

  async #leave(generation: ActiveGeneration, state: Ended["state"]): Promise<void> {
    const { ids } = generation.live;
    this.#active.delete(generation);
    await this.#next({ ids, state }).catch((error) =>
      this.#options.log.error("the conversation did not go on", {
        error,
        generation: generation.id,
      }),
    );
    generation.end();
    for (const tell of this.#endListeners) tell({ ids, state });
  }
}
