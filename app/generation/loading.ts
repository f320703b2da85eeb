import { LIST_MS } from "~/limits";
import type { OllamaHost } from "~/ollama/client";
import type { LiveAnswer } from "./live-answer";

/** A loaded model responds sooner than this. */
const FIRST_LOOK_MS = 500;
const LOOK_EVERY_MS = 1_000;

/** Finds out why hosts are silent: they load the model (it is not in memory yet), read the prompt or queue it. */
export class LoadingWatch {
  readonly #silent = new Map<LiveAnswer, { host: OllamaHost; askedAt: number }>();
  #watching = false;

  add(answer: LiveAnswer, host: OllamaHost): void {
    this.#silent.set(answer, { host, askedAt: performance.now() });
    if (!this.#watching) void this.#watch();
  }

  remove(answer: LiveAnswer): void {
    this.#silent.delete(answer);
  }

  async #watch(): Promise<void> {
    this.#watching = true;
    await Bun.sleep(FIRST_LOOK_MS);
    while (this.#silent.size > 0) {
      const signal = AbortSignal.timeout(LIST_MS);
      // SharedCall makes these one request a host.
      await Promise.all([...this.#silent.keys()].map((answer) => this.#look(answer, signal)));
      await Bun.sleep(LOOK_EVERY_MS);
    }
    this.#watching = false;
  }

  async #look(answer: LiveAnswer, signal: AbortSignal): Promise<void> {
    const { model } = answer.ids;
    const loaded = await this.#silent
      .get(answer)
      ?.host.loaded(model, signal)
      .then(Boolean, () => true);
    const asked = this.#silent.get(answer);
    if (!asked) return;
    const seconds = Math.round((performance.now() - asked.askedAt) / 1_000);
    answer.setStatus({ state: loaded ? "asked" : "loading", model, seconds });
  }
}
