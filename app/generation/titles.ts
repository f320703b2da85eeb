import type { Db } from "~/db/db";
import { MADE_TITLE_BYTES } from "~/limits";
import type { Log } from "~/log.server";
import type { Catalog } from "~/models/catalog";
import type { Generations } from "./generations";
import type { LiveAnswerIds } from "./live-answer";
import { type LastAsk, titleAsk } from "./title-ask";
import { titleIn, wholeWords } from "./title-text";

/** Titles that models write in the background. */
export interface Titles {
  /** Whether a title for this conversation is being written, or waits to be. */
  expected(conversationId: string): boolean;
  /** Gives up what is being written. */
  close(): Promise<void>;
}

interface Wanted {
  /** The first answer that was finished. */
  ids: LiveAnswerIds;
  /** How often a model was asked, whatever came of it. */
  tries: number;
}

/** After this many tries the first line stays the title. */
const MOST_TRIES = 2;
/** How long everything must be quiet before a title is asked for: the next prompt often follows at once. */
const QUIET_MS = 3_000;
/** A model in memory answers sooner; past this the host has other things to do. */
const PATIENCE_MS = 60_000;
/** More than can ever be wanted while somebody waits for them. */
const MOST_WANTED = 200;

/** Why a title is given up for now: an answer comes first, or Parley ends. */
const YIELD = "an answer comes first";

/**
 * After the first finished answer of a conversation its model writes a title, unless the person has given one. One
 * title at a time, after a quiet while, and only by a model that is still in memory. Any prompt interrupts it.
 */
export function createTitles(options: {
  db: Db;
  catalog: Catalog;
  log: Log;
  generations: Generations;
  /** False for none at all. */
  enabled: boolean;
  quietMs?: number | undefined;
}): Titles {
  const { db, catalog, log, generations, enabled, quietMs = QUIET_MS } = options;
  const wanted: Wanted[] = [];
  const lastAsks = new Map<string, LastAsk>();
  let writing: { abort: AbortController; over: Promise<void> } | undefined;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let closing = false;

  /** Whether it is there, and nobody has given it a title. */
  async function isUntitled({ ownerId, conversationId }: LiveAnswerIds): Promise<boolean> {
    const conversation = await db.of(ownerId).conversations.find(conversationId);
    return conversation?.titledBy === "prompt";
  }

  async function ended(ids: LiveAnswerIds, finished: boolean): Promise<void> {
    const own = db.of(ids.ownerId);
    const row = await own.generations.find(ids.generationId);
    if (row?.modelDigest && row.asked) {
      lastAsks.set(row.modelDigest, { asked: row.asked, contextTokens: row.contextTokens });
    }
    if (!finished || !(await isUntitled(ids))) return;
    if (!(await own.generations.isFirstFinished(ids.generationId, ids.conversationId))) return;
    const { model } = await catalog.resolve(ids.model);
    if (!model.demo && wanted.length < MOST_WANTED) wanted.push({ ids, tries: 0 });
  }

  function waitForQuiet(): void {
    clearTimeout(quiet);
    if (wanted.length > 0 && !closing) quiet = setTimeout(pump, quietMs);
  }

  function pump(): void {
    const next = wanted[0];
    if (closing || writing || !next || !generations.idle()) return;
    const abort = new AbortController();
    const over = write(next, abort.signal)
      .catch((error) => {
        if (abort.signal.aborted) return;
        log.warn("no title was written", { conversation: next.ids.conversationId, error });
        // It failed before the model was asked, and would again.
        if (next.tries === 0) drop(next);
      })
      .finally(() => {
        writing = undefined;
        if (next.tries >= MOST_TRIES) drop(next);
        if (abort.signal.aborted) waitForQuiet();
        else pump();
      });
    writing = { abort, over };
  }

  function drop(one: Wanted): void {
    const at = wanted.indexOf(one);
    if (at >= 0) wanted.splice(at, 1);
  }

  async function write(one: Wanted, signal: AbortSignal): Promise<void> {
    const { ownerId, conversationId } = one.ids;
    const own = db.of(ownerId);
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    // Meanwhile the person may have given a title or deleted the conversation.
    const untitled = await isUntitled(one.ids);
    const ask = untitled
      ? await titleAsk({ db: own, catalog }, one.ids, lastAsks, patience)
      : undefined;
    signal.throwIfAborted();
    if (!ask) return drop(one);
    one.tries += 1;
    let written = "";
    let cut = false;
    const limits = { thinking: MADE_TITLE_BYTES, content: MADE_TITLE_BYTES };
    for await (const events of ask.host.chat(ask.chat, patience, limits))
      for (const event of events) {
        if (event.kind === "content") written += event.text;
        if (event.kind === "done") cut = event.report.doneReason === "length";
      }
    const title = titleIn(cut ? wholeWords(written) : written);
    if (!title) return;
    await own.conversations.setMadeTitle(conversationId, title);
    drop(one);
  }

  if (enabled) {
    generations.onBegin(() => {
      clearTimeout(quiet);
      writing?.abort.abort(YIELD);
    });
    generations.onEnd(({ ids, state }) => {
      ended(ids, state === "finished")
        .catch((error) =>
          log.warn("no title was written", { conversation: ids.conversationId, error }),
        )
        .finally(waitForQuiet);
    });
  }

  return {
    expected: (conversationId) => wanted.some(({ ids }) => ids.conversationId === conversationId),

    async close() {
      closing = true;
      clearTimeout(quiet);
      writing?.abort.abort(YIELD);
      await writing?.over;
    },
  };
}
