import { LIST_MS } from "~/limits";
import type { OllamaHost } from "~/ollama/client";
import type { LiveAnswer } from "./live-answer";

/** A model in memory answers sooner than this, and then nobody needs to ask. */
const FIRST_LOOK_MS = 500;
const LOOK_EVERY_MS = 1_000;

/**
 * Says on answers whose host is silent why it is, from what it reports: a model that is not in memory is being
 * loaded, else the prompt is being read or an earlier one comes first. One watch for a host and all its answers.
 */
export class LoadingWatch {
  readonly #host: OllamaHost;
  /** When each answer was asked for, by `performance.now()`. */
  readonly #askedAt = new Map<LiveAnswer, number>();
  #watching = false;

  constructor(host: OllamaHost) {
    this.#host = host;
  }

  add(answer: LiveAnswer): void {
    this.#askedAt.set(answer, performance.now());
    if (!this.#watching) void this.#watch();
  }

  remove(answer: LiveAnswer): void {
    this.#askedAt.delete(answer);
  }

  async #watch(): Promise<void> {
    this.#watching = true;
    await Bun.sleep(FIRST_LOOK_MS);
    while (this.#askedAt.size > 0) {
      const signal = AbortSignal.timeout(LIST_MS);
      // Asked together, these are one request.
      await Promise.all([...this.#askedAt.keys()].map((answer) => this.#look(answer, signal)));
      await Bun.sleep(LOOK_EVERY_MS);
    }
    this.#watching = false;
  }

  async #look(answer: LiveAnswer, signal: AbortSignal): Promise<void> {
    const { model } = answer.ids;
    const loaded = await this.#host.loaded(model, signal).then(Boolean, () => true);
    const askedAt = this.#askedAt.get(answer);
    if (askedAt === undefined) return;
    const seconds = Math.round((performance.now() - askedAt) / 1_000);
    answer.setStatus({ state: loaded ? "asked" : "loading", model, seconds });
  }
}
