import type { OllamaHost } from "~/ollama/client";
import type { LiveAnswer } from "./live-answer";

/** A model in memory answers sooner than this, and then nobody needs to ask. */
const FIRST_LOOK_MS = 500;
const LOOK_EVERY_MS = 1_000;

/**
 * While a host is silent, says why, from what it reports: a model that is not in memory is being loaded,
 * else the prompt is being read or an earlier one comes first. Returns the function that ends it.
 */
export function watchModelLoading(
  live: LiveAnswer,
  host: OllamaHost,
  signal: AbortSignal,
): () => void {
  const { model } = live.ids;
  const begun = performance.now();
  let over = false;
  let timer = setTimeout(look, FIRST_LOOK_MS);

  async function look(): Promise<void> {
    const loaded = await host.loaded(model, signal).then(Boolean, () => true);
    if (over) return;
    const seconds = Math.round((performance.now() - begun) / 1_000);
    live.setStatus({ state: loaded ? "asked" : "loading", model, seconds });
    timer = setTimeout(look, LOOK_EVERY_MS);
  }

  return () => {
    over = true;
    clearTimeout(timer);
  };
}
