import type { Db } from "~/db/db";
import type { Generation } from "~/db/generations";
import type { GenerationEnd } from "~/db/upkeep/generations";
import { StorageError } from "~/errors";
import { ANSWER_BYTES, HOST_AT_START_MS } from "~/limits";
import type { Log } from "~/log.server";
import type { Catalog, ModelOnHost } from "~/models/catalog";
import type { ChatLimits, OllamaHost } from "~/ollama/client";
import { OllamaFailure } from "~/ollama/failure";
import { retrySave } from "~/shared/retry-save";
import { askOf, readLayers } from "./asked";
import { contextFigures, contextOf } from "./figures";
import { historyOf } from "./history";
import { LiveAnswer, type LiveAnswerIds, Pace } from "./live-answer";
import { LoadingWatch } from "./loading";
import { Recorder } from "./recorder";
import { Restraint } from "./restraint";

/** What there is to write: a queued generation as the database has it. */
export type Queued = Pick<Generation, "id" | "ownerId" | "conversationId" | "messageId" | "model">;

/** A generation whose end is in the database. */
export interface Ended {
  ids: LiveAnswerIds;
  state: GenerationEnd["state"];
}

export interface Generations {
  /** Whether one more may wait. */
  hasRoom(): boolean;
  /** Takes over a generation that is in the database as queued. */
  enqueue(generation: Queued): Promise<void>;
  /**
   * The answers that are being written in a conversation, the oldest first: usually one, more where one asks
   * again before the first has ended.
   */
  liveIn(ownerId: string, conversationId: string): LiveAnswer[];
  /**
   * Stops in any state and keeps what was written; resolves when the end is in the database, or cannot be saved
   * for now: then it is tried again until it can.
   */
  stop(ownerId: string, generationId: string): Promise<void>;
  /** True while nothing is queued or being written. */
  idle(): boolean;
  /** Tells of each generation that is taken over. What listens must not throw and takes no time. */
  onBegin(listener: (ids: LiveAnswerIds) => void): void;
  /**
   * Tells of each generation that has ended, whatever the way, when what comes next has begun.
   * What listens must not throw and takes no time. At a shutdown what was running ends as interrupted.
   */
  onEnd(listener: (ended: Ended) => void): void;
  /**
   * Says what comes next in a conversation whose answer has ended. Whoever reads that answer hears of its end
   * only when this is done, and finds the next one there.
   */
  follow(next: (ended: Ended) => Promise<void>): void;
  /** After a crash: what was running is interrupted, what was queued runs. */
  recover(): Promise<void>;
  /** Running ones save their text and count as interrupted; queued ones stay queued. */
  close(): Promise<void>;
}

interface Entry {
  live: LiveAnswer;
  abort: AbortController;
  /** Resolves when the generation has ended, whatever the way. */
  over: Promise<void>;
  settle: () => void;
  /** Resolves when it has ended, or its end could not be saved at the first try. */
  written: Promise<void>;
  leaveOff: () => void;
  /** Until then (as `performance.now()` counts) it waits for a host that is away. */
  patientUntil: number;
  /** How many tokens its model holds, once somebody has said so. */
  contextTokens: number | null;
  /** When its host was first too busy for it, by `performance.now()`. */
  busySince?: number;
}

/** The states that an abort can mean. */
type AbortReason = "stopped" | "interrupted";

/** Writes answers: at most `parallel` at a time, the rest in order. */
export function createGenerations(options: {
  db: Db;
  catalog: Catalog;
  log: Log;
  parallel: number;
  queue: number;
}): Generations {
  const { db, catalog, log } = options;
  const pace = new Pace();
  const recorder = new Recorder(db, (error) => log.error("recording failed", { error }));
  const entries = new Map<string, Entry>();
  const byConversation = new Map<string, Set<Entry>>();
  const queue: Entry[] = [];
  const toldOfBegin: ((ids: LiveAnswerIds) => void)[] = [];
  const toldOfEnd: ((ended: Ended) => void)[] = [];
  let next: (ended: Ended) => Promise<void> = async () => {};
  const restraint = new Restraint();
  let running = 0;
  const shutdown = new AbortController();
  let pause: ReturnType<typeof setTimeout> | undefined;
  const watches = new WeakMap<OllamaHost, LoadingWatch>();

  function watchOf(host: OllamaHost): LoadingWatch {
    const watch = watches.get(host) ?? new LoadingWatch(host);
    watches.set(host, watch);
    return watch;
  }

  function pump(): void {
    clearTimeout(pause);
    while (!shutdown.signal.aborted && running < Math.min(options.parallel, restraint.most)) {
      if (restraint.waitMs > 0) break;
      const entry = queue.shift();
      if (!entry) break;
      pace.running = ++running;
      void run(entry).finally(() => {
        pace.running = --running;
        pump();
      });
    }
    for (const [index, { live, busySince }] of queue.entries()) {
      const busy = busySince !== undefined;
      live.setStatus({ state: "queued", place: index + 1, ...(busy ? { busy } : {}) });
    }
    if (!shutdown.signal.aborted && queue.length > 0 && restraint.waitMs > 0) {
      pause = setTimeout(pump, restraint.waitMs);
    }
  }

  /** Queues a generation again whose host was too busy to begin with it; false where it is to end instead. */
  async function putBack(entry: Entry, error: unknown): Promise<boolean> {
    const { live, abort } = entry;
    const begun = live.status.state === "thinking" || live.status.state === "writing";
    if (begun || !(error instanceof OllamaFailure) || error.code !== "busy") return false;
    entry.busySince ??= performance.now();
    if (restraint.isOverdue(entry.busySince)) return false;
    const { generationId } = live.ids;
    await savedFor(live, () => db.upkeep.generations.putBack(generationId), abort.signal);
    if (abort.signal.aborted) return false;
    const later = queue.findIndex((other) => other.live.ids.generationId > generationId);
    queue.splice(later < 0 ? queue.length : later, 0, entry);
    restraint.refused(running - 1);
    log.info("host busy", { generation: generationId, waitMs: Math.round(restraint.waitMs) });
    return true;
  }

  async function run(entry: Entry): Promise<void> {
    const begun = performance.now();
    const end = await write(entry, begun).catch((error) => endAfter(entry, error));
    if (!end) return;
    restraint.freed();
    // An end that cannot be saved for now does not keep the next one from being written.
    void finish(entry, end, begun);
    await entry.written;
  }

  /** How a generation ends after an error; undefined if it was put back into the queue. */
  async function endAfter(entry: Entry, error: unknown): Promise<End | undefined> {
    const { signal } = entry.abort;
    try {
      return (await putBack(entry, error)) ? undefined : failed(error, signal);
    } catch (fault) {
      return failed(fault, signal);
    }
  }

  /** Saves how a generation has ended, and lets its conversation go on. */
  async function finish(entry: Entry, end: End, begun?: number): Promise<void> {
    const generation = entry.live.ids.generationId;
    try {
      await recordEnd(entry, end);
      log.info("generation ended", {
        generation,
        state: end.state,
        ...(end.errorCode ? { code: end.errorCode } : {}),
        ...(begun === undefined ? {} : { ms: Math.round(performance.now() - begun) }),
      });
    } catch (error) {
      log.error("an end was not recorded", { error, generation });
    }
    await leave(entry, end.state);
  }

  async function recordEnd({ live, contextTokens, leaveOff }: Entry, end: End): Promise<void> {
    const { generationId } = live.ids;
    const endedAt = Date.now();
    const save = (whole: GenerationEnd) => async () => {
      try {
        await recorder.flush(live);
        await db.upkeep.generations.end(generationId, whole);
      } catch (error) {
        leaveOff();
        throw error;
      }
    };
    const figures = { endedAt, contextTokens, ...end };
    await savedFor(live, save(figures), shutdown.signal).catch((error) => {
      if (error instanceof StorageError) throw error;
      log.error("an end is recorded without figures", { error, generation: generationId });
      const { state, errorCode = null, errorDetail = null } = end;
      const plain = { state, errorCode, errorDetail, endedAt };
      return savedFor(live, save(plain), shutdown.signal);
    });
  }

  /** One loop over the host's stream. */
  async function write(entry: Entry, begun: number): Promise<End> {
    const { live, abort } = entry;
    const { generationId, conversationId, messageId, ownerId, model: name } = live.ids;
    const { signal } = abort;
    const own = db.of(ownerId);
    live.setStatus({ state: "asked", model: name, seconds: 0 });
    const start = () => db.upkeep.generations.start(generationId, Date.now());
    if (!(await savedFor(live, start, signal))) return { state: "stopped" };
    const branch = await own.branches.whole(messageId);
    signal.throwIfAborted();
    const { host, model } = await reach(catalog, name, entry.patientUntil, signal);
    const files = await own.files.forHost(branch.map(({ id }) => id));
    const steering = (await own.conversations.find(conversationId))?.steering ?? {};
    const layers = await readLayers(own, steering, model.name);
    const { chat, asked } = askOf(historyOf(branch, files), layers, model);
    await savedFor(
      live,
      () => db.upkeep.generations.setAsked(generationId, model.digest, asked),
      signal,
    );
    // The host would say so too, but only once it has loaded the model.
    if (!model.sees && chat.messages.some(({ images }) => images)) {
      throw new OllamaFailure("no-vision", `model '${name}' has no vision`);
    }
    const parentId = branch.at(-1)?.parentId ?? null;
    const watch = watchOf(host);
    watch.add(live);
    let firstTokenMs: number | null = null;
    let written = 0;
    let contextTokens: Promise<number | null> = Promise.resolve(null);
    try {
      const limits = limitsAfter(branch.at(-1));
      for await (const events of host.chat({ model: name, ...chat }, signal, limits))
        for (const event of events) {
          if (event.kind === "done") {
            const { promptTokens, answerTokens } = event.report;
            const counts = { promptTokens, answerTokens, written, contextTokens };
            const answer = { parentId, modelDigest: model.digest, asked, ...counts };
            const figures = await contextFigures({ db: own, log }, answer);
            return { state: "finished", firstTokenMs, ...event.report, ...figures };
          }
          if (firstTokenMs === null) {
            firstTokenMs = performance.now() - begun;
            watch.remove(live);
            restraint.took();
            if (queue.length > 0) pump();
            contextTokens = contextOf(host, name, signal);
            void contextTokens.then((tokens) => {
              entry.contextTokens = tokens;
            });
          }
          written += event.text.length;
          live.write(event.kind, event.text);
          recorder.note(live);
        }
    } finally {
      watch.remove(live);
    }
    throw new OllamaFailure("cut", "The stream ended without a last line.");
  }

  function failed(error: unknown, signal: AbortSignal): End {
    if (signal.aborted) return { state: signal.reason as AbortReason };
    if (error instanceof OllamaFailure) {
      // The list of models has to be looked at again: the host or a model may be gone.
      catalog.forget();
      return { state: "failed", errorCode: error.code, errorDetail: error.message };
    }
    const id = Bun.randomUUIDv7();
    log.error("generation failed", { id, error });
    return { state: "failed", errorCode: "own-fault", errorDetail: id };
  }

  async function take(generation: Queued, patienceMs: number): Promise<void> {
    const { id: generationId, ...ids } = generation;
    const message = await db.of(ids.ownerId).messages.find(ids.messageId);
    const live = new LiveAnswer({ generationId, ...ids }, pace, message);
    const { promise: over, resolve: settle } = Promise.withResolvers<void>();
    const { promise: written, resolve: leaveOff } = Promise.withResolvers<void>();
    const abort = new AbortController();
    const patientUntil = performance.now() + patienceMs;
    const times = { over, settle, written, leaveOff, patientUntil };
    const entry: Entry = { live, abort, ...times, contextTokens: null };
    entries.set(generationId, entry);
    const others = byConversation.get(ids.conversationId) ?? new Set();
    byConversation.set(ids.conversationId, others.add(entry));
    queue.push(entry);
    for (const tell of toldOfBegin) tell(live.ids);
    pump();
  }

  async function leave(entry: Entry, state: Ended["state"]): Promise<void> {
    const { ids } = entry.live;
    const { generationId, conversationId } = ids;
    entries.delete(generationId);
    const others = byConversation.get(conversationId);
    others?.delete(entry);
    if (others?.size === 0) byConversation.delete(conversationId);
    await next({ ids, state }).catch((error) =>
      log.error("the conversation did not go on", { error, generation: generationId }),
    );
    entry.live.end();
    entry.settle();
    entry.leaveOff();
    for (const tell of toldOfEnd) tell({ ids, state });
  }

  return {
    hasRoom: () => running < options.parallel || queue.length < options.queue,

    enqueue: (generation) => take(generation, 0),

    idle: () => entries.size === 0,

    onBegin: (listener) => void toldOfBegin.push(listener),

    onEnd: (listener) => void toldOfEnd.push(listener),

    follow(then) {
      next = then;
    },

    liveIn(ownerId, conversationId) {
      return [...(byConversation.get(conversationId) ?? [])]
        .map(({ live }) => live)
        .filter(({ ids }) => ids.ownerId === ownerId);
    },

    async stop(ownerId, generationId) {
      const entry = entries.get(generationId);
      if (!entry || entry.live.ids.ownerId !== ownerId) return;
      entry.abort.abort("stopped" satisfies AbortReason);
      const place = queue.indexOf(entry);
      if (place >= 0) {
        queue.splice(place, 1);
        void finish(entry, { state: "stopped" });
        pump();
      }
      await entry.written;
    },

    async recover() {
      for (const generation of await db.upkeep.generations.unfinished()) {
        if (generation.state === "queued") await take(generation, HOST_AT_START_MS);
        else {
          await db.upkeep.generations.end(generation.id, {
            state: "interrupted",
            endedAt: Date.now(),
          });
          log.info("generation interrupted", { generation: generation.id });
        }
      }
    },

    async close() {
      shutdown.abort();
      clearTimeout(pause);
      const waiting = new Set(queue);
      const writing = [...entries.values()].filter((entry) => !waiting.has(entry));
      for (const { abort } of writing) abort.abort("interrupted" satisfies AbortReason);
      await Promise.all(writing.map(({ over }) => over));
    },
  };
}

type End = Omit<GenerationEnd, "endedAt">;

/** Does what an answer needs saved, however long that takes; its page says so meanwhile. */
function savedFor<T>(live: LiveAnswer, act: () => Promise<T>, giveUp: AbortSignal): Promise<T> {
  return retrySave(act, giveUp, (reason) => live.setUnsaved(reason));
}

/** What an answer may still take, beside what an earlier generation has written of it. */
function limitsAfter(begun: Partial<Record<keyof ChatLimits, string>> = {}): ChatLimits {
  const left = (text = "") => Math.max(0, ANSWER_BYTES - Buffer.byteLength(text));
  return { thinking: left(begun.thinking), content: left(begun.content) };
}

const LOOK_EVERY_MS = 1_000;

/** The host of a model. A machine may start Parley before Ollama: those who were queued then wait a while. */
async function reach(
  catalog: Catalog,
  name: string,
  patientUntil: number,
  signal: AbortSignal,
): Promise<ModelOnHost> {
  for (;;) {
    try {
      return await Promise.race([catalog.resolve(name), aborted(signal)]);
    } catch (error) {
      const away = error instanceof OllamaFailure && error.code === "unreachable";
      if (!away || performance.now() > patientUntil) throw error;
    }
    await Promise.race([Bun.sleep(LOOK_EVERY_MS), aborted(signal)]);
  }
}

/** Rejects when the signal aborts: nobody who stops an answer waits for a host that says nothing. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
