import type { Db } from "~/db/db";
import { MADE_TITLE_BYTES } from "~/limits";
import type { Log } from "~/log.server";
import type { Catalog } from "~/models/catalog";
import type { ChatOptions, OllamaHost } from "~/ollama/client";
import type { Ended, Generations } from "./generations";
import type { LiveAnswerIds } from "./live-answer";
import { type LastAsk, titleRequest } from "./title-request";
import { titleIn, wholeWords } from "./title-text";

interface Options {
  db: Db;
  catalog: Catalog;
  log: Log;
  generations: Generations;
  enabled: boolean;
  quietMs?: number;
}

interface Wanted {
  ids: LiveAnswerIds;
  tries: number;
}

const MOST_TRIES = 2;
/** The next prompt often follows at once. */
const QUIET_MS = 3_000;
const PATIENCE_MS = 60_000;
const MOST_WANTED = 200;

const YIELD = "an answer comes first";

/** Has loaded models write titles after the first answer, one at a time and only while nothing else is generated. */
export class Titles {
  readonly #options: Options;
  readonly #wanted: Wanted[] = [];
  readonly #lastAsks = new Map<string, LastAsk>();
  #writing: { abort: AbortController; over: Promise<void> } | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #closing = false;

  constructor(options: Options) {
    this.#options = options;
    if (!options.enabled) return;
    options.generations.onBegin(() => this.#yield());
    options.generations.onEnd((ended) => {
      this.#ended(ended)
        .catch((error) => this.#failed(ended.ids, error))
        .finally(() => this.#waitForQuiet());
    });
  }

  expected(conversationId: string): boolean {
    return this.#wanted.some(({ ids }) => ids.conversationId === conversationId);
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#yield();
    await this.#writing?.over;
  }

  #yield(): void {
    clearTimeout(this.#quiet);
    this.#writing?.abort.abort(YIELD);
  }

  #failed({ conversationId }: LiveAnswerIds, error: unknown): void {
    this.#options.log.warn("no title was written", { conversation: conversationId, error });
  }

  async #ended({ ids, state }: Ended): Promise<void> {
    const { db, catalog } = this.#options;
    const own = db.of(ids.ownerId);
    const row = await own.generations.find(ids.generationId);
    if (row?.modelDigest && row.asked) {
      const { asked, contextTokens } = row;
      this.#lastAsks.set(row.modelDigest, { asked, contextTokens });
    }
    if (state !== "finished" || !(await this.#isUntitled(ids))) return;
    if (!(await own.generations.isFirstFinished(ids.generationId, ids.conversationId))) return;
    const { model } = await catalog.resolve(ids.model);
    if (!model.demo && this.#wanted.length < MOST_WANTED) this.#wanted.push({ ids, tries: 0 });
  }

  async #isUntitled({ ownerId, conversationId }: LiveAnswerIds): Promise<boolean> {
    const conversation = await this.#options.db.of(ownerId).conversations.find(conversationId);
    return conversation?.titledBy === "prompt";
  }

  #waitForQuiet(): void {
    const { quietMs = QUIET_MS } = this.#options;
    clearTimeout(this.#quiet);
    if (this.#wanted.length > 0 && !this.#closing) {
      this.#quiet = setTimeout(() => this.#writeNext(), quietMs);
    }
  }

  #writeNext(): void {
    const next = this.#wanted[0];
    if (this.#closing || this.#writing || !next || !this.#options.generations.idle()) return;
    const abort = new AbortController();
    const over = this.#write(next, abort.signal)
      .catch((error) => {
        if (abort.signal.aborted) return;
        this.#failed(next.ids, error);
        // It failed before the model was asked, and would fail again.
        if (next.tries === 0) this.#drop(next);
      })
      .finally(() => {
        this.#writing = undefined;
        if (next.tries >= MOST_TRIES) this.#drop(next);
        if (abort.signal.aborted) this.#waitForQuiet();
        else this.#writeNext();
      });
    this.#writing = { abort, over };
  }

  #drop(wanted: Wanted): void {
    const at = this.#wanted.indexOf(wanted);
    if (at >= 0) this.#wanted.splice(at, 1);
  }

  async #write(wanted: Wanted, signal: AbortSignal): Promise<void> {
    const { db, catalog } = this.#options;
    const own = db.of(wanted.ids.ownerId);
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    // The person may have named or deleted the conversation meanwhile.
    const request = (await this.#isUntitled(wanted.ids))
      ? await titleRequest({ db: own, catalog }, wanted.ids, this.#lastAsks, patience)
      : undefined;
    signal.throwIfAborted();
    if (!request) return this.#drop(wanted);
    wanted.tries += 1;
    const title = await titleFrom(request, patience);
    if (!title) return;
    await own.conversations.setMadeTitle(wanted.ids.conversationId, title);
    this.#drop(wanted);
  }
}

async function titleFrom(
  { host, chat }: { host: OllamaHost; chat: ChatOptions },
  signal: AbortSignal,
): Promise<string | undefined> {
  let written = "";
  let cut = false;
  const limits = { thinking: MADE_TITLE_BYTES, content: MADE_TITLE_BYTES };
  for await (const events of host.chat(chat, signal, limits)) {
    for (const event of events) {
      if (event.kind === "content") written += event.text;
      if (event.kind === "done") cut = event.report.doneReason === "length";
    }
  }
  return titleIn(cut ? wholeWords(written) : written);
}
