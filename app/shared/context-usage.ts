/** Smaller estimates are not shown. */
export const MIN_SHOWN_TOKENS = 5;

/** Ollama's count for a picture. */
export const PICTURE_TOKENS = 768;

/** Roughly right for European languages; used until a model has counted some text. */
export const DEFAULT_TOKENS_PER_CHARACTER = 0.25;

export interface ContextNeed {
  tokens: number;
  /** The instructions and the prompt, which Ollama cuts rather than drops. */
  alone: number;
  of?: number;
}

/** How full the context will be, as text. */
export function contextUsage({ tokens, of }: ContextNeed): string {
  if (of === undefined) return `About ${round(tokens).toLocaleString("en")} tokens`;
  const fits = tokens <= of;
  const about = fits ? Math.min(round(tokens), of) : Math.max(round(tokens), of + 1);
  const words = `About ${about.toLocaleString("en")} of ${of.toLocaleString("en")} tokens`;
  return fits ? `${words}, ${contextShare(tokens, of)}` : `${words}: `;
}

/** What will be lost, as the end of the sentence of `contextUsage`; "" if it fits. */
export function contextLoss({ tokens, alone, of }: ContextNeed): string {
  if (of === undefined || tokens <= of) return "";
  return alone > of
    ? "your prompt alone is too long, so its middle will be cut, or the model will refuse it"
    : "the oldest messages will be left out";
}

/** The share in percent; undefined if it does not fit. */
export function contextShare(tokens: number, of?: number): string | undefined {
  return of === undefined || tokens > of ? undefined : `${Math.round((100 * tokens) / of)} %`;
}

/** To two significant digits: an estimate should not look like a measurement. */
function round(tokens: number): number {
  const step = 10 ** Math.max(1, Math.floor(Math.log10(Math.max(1, tokens))) - 1);
  return Math.round(tokens / step) * step;
}
