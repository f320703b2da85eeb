import type { Db, OwnerDb } from "~/db/db";
import type { Message } from "~/db/messages";
import type { GenerationEnd } from "~/db/upkeep/generations";
import { StorageError } from "~/errors";
import { ANSWER_BYTES } from "~/limits";
import type { Log } from "~/log.server";
import type { Catalog, ModelOnHost } from "~/models/catalog";
import type { ChatLimits, ChatReport } from "~/ollama/client";
import { OllamaFailure } from "~/ollama/failure";
import { retrySave, unlessAborted } from "~/shared/promises";
import type { ActiveGeneration } from "./active";
import { type Ask, askOf, historyOf, readLayers } from "./asked";
import { contextFigures, contextOf } from "./figures";
import type { LiveAnswer } from "./live-answer";
import type { LoadingWatch } from "./loading";
import type { Recorder } from "./recorder";

export type End = Omit<GenerationEnd, "endedAt">;

export interface WriteServices {
  db: Db;
  catalog: Catalog;
  log: Log;
  recorder: Recorder;
  loading: LoadingWatch;
  onFirstToken(): void;
}

interface Prepared extends ModelOnHost, Ask {
  limits: ChatLimits;
  parentId: string | null;
}

interface Progress {
  firstTokenMs: number | null;
  written: number;
  contextTokens: Promise<number | null>;
}

/** Asks the host and publishes its answer. Throws failures, and when the generation is aborted. */
export async function writeAnswer(
  services: WriteServices,
  generation: ActiveGeneration,
): Promise<End> {
  const begun = performance.now();
  const { live, abort } = generation;
  live.setStatus({ state: "asked", model: live.ids.model, seconds: 0 });
  const start = () => services.db.upkeep.generations.start(generation.id, Date.now());
  if (!(await saveWithRetries(live, start, abort.signal))) return { state: "stopped" };
  const prepared = await prepare(services, generation);
  services.loading.add(live, prepared.host);
  try {
    return await relay(services, generation, prepared, begun);
  } finally {
    services.loading.remove(live);
  }
}

async function prepare(services: WriteServices, generation: ActiveGeneration): Promise<Prepared> {
  const { live, abort, patientUntil } = generation;
  const { conversationId, messageId, ownerId, model: name } = live.ids;
  const own = services.db.of(ownerId);
  const branch = await own.branches.whole(messageId);
  abort.signal.throwIfAborted();
  const { host, model } = await findHost(services.catalog, name, patientUntil, abort.signal);
  const { chat, asked } = await askFor(own, conversationId, branch, model);
  const setAsked = () =>
    services.db.upkeep.generations.setAsked(generation.id, model.digest, asked);
  await saveWithRetries(live, setAsked, abort.signal);
  // The host too would refuse, but only after it has loaded the model.
  if (!model.sees && chat.messages.some(({ images }) => images)) {
    throw new OllamaFailure("no-vision", `model '${name}' has no vision`);
  }
  const answer = branch.at(-1);
  return {
    host,
    model,
    chat,
    asked,
    limits: limitsAfter(answer),
    parentId: answer?.parentId ?? null,
  };
}

async function askFor(
  own: OwnerDb,
  conversationId: string,
  branch: readonly Message[],
  model: ModelOnHost["model"],
): Promise<Ask> {
  const files = await own.files.forHost(branch.map(({ id }) => id));
  const steering = (await own.conversations.find(conversationId))?.steering ?? {};
  return askOf(historyOf(branch, files), await readLayers(own, steering, model.name), model);
}

async function relay(
  services: WriteServices,
  generation: ActiveGeneration,
  prepared: Prepared,
  begun: number,
): Promise<End> {
  const { live, abort } = generation;
  const { host, chat, limits } = prepared;
  const progress: Progress = {
    firstTokenMs: null,
    written: 0,
    contextTokens: Promise.resolve(null),
  };
  const request = { model: live.ids.model, ...chat };
  for await (const events of host.chat(request, abort.signal, limits)) {
    for (const event of events) {
      if (event.kind === "done") {
        return finished(services, generation, prepared, progress, event.report);
      }
      if (progress.firstTokenMs === null) {
        progress.firstTokenMs = performance.now() - begun;
        progress.contextTokens = answerBegins(services, generation, prepared);
      }
      progress.written += event.text.length;
      live.write(event.kind, event.text);
    }
    services.recorder.note(live);
  }
  throw new OllamaFailure("cut", "The stream ended without a last line.");
}

function answerBegins(
  services: WriteServices,
  generation: ActiveGeneration,
  { host }: Prepared,
): Promise<number | null> {
  const { live, abort } = generation;
  services.loading.remove(live);
  services.onFirstToken();
  const contextTokens = contextOf(host, live.ids.model, abort.signal);
  void contextTokens.then((tokens) => {
    generation.contextTokens = tokens;
  });
  return contextTokens;
}

async function finished(
  { db, log }: WriteServices,
  { live }: ActiveGeneration,
  { parentId, model, asked }: Prepared,
  { firstTokenMs, written, contextTokens }: Progress,
  report: ChatReport,
): Promise<End> {
  const { promptTokens, answerTokens } = report;
  const counts = { promptTokens, answerTokens, written, contextTokens };
  const answer = { parentId, modelDigest: model.digest, asked, ...counts };
  const figures = await contextFigures({ db: db.of(live.ids.ownerId), log }, answer);
  return { state: "finished", firstTokenMs, ...report, ...figures };
}

/** Retries until it is saved or given up; the page says that it is unsaved meanwhile. */
export function saveWithRetries<T>(
  live: LiveAnswer,
  save: () => Promise<T>,
  giveUp: AbortSignal,
): Promise<T> {
  return retrySave(save, giveUp, (reason) => live.setUnsaved(reason));
}

/** Saves the text and the end, if necessary without figures. Retries storage faults until `giveUp`; then throws. */
export async function recordEnd(
  services: Pick<WriteServices, "db" | "log" | "recorder">,
  generation: ActiveGeneration,
  end: End,
  giveUp: AbortSignal,
): Promise<void> {
  const { live, contextTokens, id } = generation;
  const endedAt = Date.now();
  const save = (whole: GenerationEnd) =>
    saveWithRetries(live, () => saveOnce(services, generation, whole), giveUp);
  try {
    await save({ endedAt, contextTokens, ...end });
  } catch (error) {
    if (error instanceof StorageError) throw error;
    services.log.error("an end is recorded without figures", { error, generation: id });
    const { state, errorCode = null, errorDetail = null } = end;
    await save({ state, errorCode, errorDetail, endedAt });
  }
}

async function saveOnce(
  { db, recorder }: Pick<WriteServices, "db" | "recorder">,
  generation: ActiveGeneration,
  end: GenerationEnd,
): Promise<void> {
  try {
    await recorder.flush(generation.live);
    await db.upkeep.generations.end(generation.id, end);
  } catch (error) {
    generation.savingFails();
    throw error;
  }
}

/** The allowance left after the text of an earlier generation. */
function limitsAfter(begun: Partial<Record<keyof ChatLimits, string>> = {}): ChatLimits {
  const left = (text = "") => Math.max(0, ANSWER_BYTES - Buffer.byteLength(text));
  return { thinking: left(begun.thinking), content: left(begun.content) };
}

const LOOK_EVERY_MS = 1_000;

/** Parley may start before Ollama: queued prompts then wait for it. */
async function findHost(
  catalog: Catalog,
  name: string,
  patientUntil: number,
  signal: AbortSignal,
): Promise<ModelOnHost> {
  for (;;) {
    try {
      return await unlessAborted(catalog.resolve(name), signal);
    } catch (error) {
      const away = error instanceof OllamaFailure && error.code === "unreachable";
      if (!away || performance.now() > patientUntil) throw error;
    }
    await unlessAborted(Bun.sleep(LOOK_EVERY_MS), signal);
  }
}
