import type { Db } from "~/db/db";
import { MADE_TITLE_BYTES } from "~/limits";
import type { Log } from "~/log.server";
import type { Catalog } from "~/models/catalog";
import type { ChatOptions } from "~/ollama/client";
import { keepAliveFor } from "./asked";
import type { Generations } from "./generations";
import type { LiveAnswerIds } from "./live-answer";
import { titleIn, titleRequest } from "./title-text";

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
  tries: number;
}

/** A title is a courtesy: whoever cannot write one the second time is not asked again. */
const MOST_TRIES = 2;
/** A model that is in memory answers sooner; past this the host has other things to do. */
const PATIENCE_MS = 60_000;
/** More than can ever be wanted while somebody waits for them. */
const MOST_WANTED = 200;
/** A title has a dozen tokens. */
const TOKENS = 32;
/** For a model that thinks first and cannot be told not to. */
const TOKENS_WITH_THINKING = 512;

/** Why a title is given up for now: an answer comes first, or Parley ends. */
const YIELD = "an answer comes first";

/**
 * After the first finished answer of a conversation its model writes a title, unless somebody has given one.
 * One at a time, and only while nobody waits for an answer: as soon as one is queued, the title is put back.
 */
export function createTitles(options: {
  db: Db;
  catalog: Catalog;
  log: Log;
  generations: Generations;
  /** False for none at all. */
  enabled: boolean;
}): Titles {
  const { db, catalog, log, generations, enabled } = options;
  const wanted: Wanted[] = [];
  let writing: { abort: AbortController; over: Promise<void> } | undefined;
  let closing = false;

  /** Whether it is there, and nobody has given it a title. */
  async function isUntitled({ ownerId, conversationId }: LiveAnswerIds): Promise<boolean> {
    const conversation = await db.conversations.find(ownerId, conversationId);
    return conversation?.titledBy === "prompt";
  }

  async function consider(ids: LiveAnswerIds): Promise<void> {
    const { conversationId, model: name } = ids;
    if (!(await isUntitled(ids))) return;
    if (!(await db.generations.isFirstFinished(ids.generationId, conversationId))) return;
    const { model } = await catalog.resolve(name);
    if (model.demo || wanted.length >= MOST_WANTED) return;
    wanted.push({ ids, tries: 0 });
    pump();
  }

  function pump(): void {
    const next = wanted[0];
    if (closing || writing || !next || !generations.idle()) return;
    const abort = new AbortController();
    const over = write(next, abort.signal).finally(() => {
      writing = undefined;
      pump();
    });
    writing = { abort, over };
  }

  /** Takes it from those that are wanted, unless it has to be tried again. */
  async function write(one: Wanted, signal: AbortSignal): Promise<void> {
    const { ownerId, conversationId } = one.ids;
    let title: string | undefined;
    try {
      // While it waited, the person may have given it a title or deleted it.
      if (!(await isUntitled(one.ids))) return void wanted.shift();
      title = titleIn(
        await ask(one.ids, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])),
      );
      if (title) await db.conversations.setMadeTitle(ownerId, conversationId, title);
    } catch (error) {
      if (signal.aborted) return;
      log.warn("no title was written", { conversation: conversationId, error });
    }
    wanted.shift();
    if (title === undefined && ++one.tries < MOST_TRIES) wanted.push(one);
  }

  async function ask(ids: LiveAnswerIds, signal: AbortSignal): Promise<string> {
    const { ownerId, generationId, messageId, model: name } = ids;
    const { host, model } = await catalog.resolve(name);
    const answer = await db.messages.find(ownerId, messageId);
    const prompt = answer?.parentId ? await db.messages.find(ownerId, answer.parentId) : undefined;
    const asked = (await db.generations.find(ownerId, generationId))?.asked;
    const thinksAnyway = model.thinkValues.length > 0 && !model.thinkValues.includes("off");
    const chat: ChatOptions = {
      model: name,
      messages: [
        { role: "user", content: titleRequest(prompt?.content ?? "", answer?.content ?? "") },
      ],
      // Another context or time to keep it would have the host load the model anew.
      options: {
        num_predict: thinksAnyway ? TOKENS_WITH_THINKING : TOKENS,
        temperature: 0.2,
        ...(asked?.num_ctx === undefined ? {} : { num_ctx: asked.num_ctx }),
      },
      ...(asked?.keep_alive === undefined ? {} : { keep_alive: keepAliveFor(asked.keep_alive) }),
      ...(model.thinkValues.includes("off") ? { think: false } : {}),
      ...(thinksAnyway && model.thinkValues.includes("low") ? { think: "low" } : {}),
    };
    let written = "";
    const room = { thinking: MADE_TITLE_BYTES, content: MADE_TITLE_BYTES };
    for await (const event of host.chat(chat, signal, room)) {
      if (event.kind === "content") written += event.text;
    }
    return written;
  }

  if (enabled) {
    generations.onBegin(() => writing?.abort.abort(YIELD));
    generations.onEnd(({ ids, state }) => {
      const considered = state === "finished" ? consider(ids) : Promise.resolve();
      considered
        .catch((error) =>
          log.warn("no title was written", { conversation: ids.conversationId, error }),
        )
        .finally(pump);
    });
  }

  return {
    expected: (conversationId) => wanted.some(({ ids }) => ids.conversationId === conversationId),

    async close() {
      closing = true;
      writing?.abort.abort(YIELD);
      await writing?.over;
    },
  };
}
