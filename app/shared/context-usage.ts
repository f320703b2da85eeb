/** A smaller estimate would be rounded to 0. */
export const MIN_SHOWN_TOKENS = 5;

/** What Ollama counts for a picture when it fits a conversation into the context. */
export const PICTURE_TOKENS = 768;

/** Rough for European languages; used until a model has counted some text. */
export const DEFAULT_TOKENS_PER_CHARACTER = 0.25;

/** Estimate of what will be sent, in tokens. */
export interface ContextNeed {
  tokens: number;
  /** The instructions and the prompt, which Ollama cuts rather than drops. */
  alone: number;
  of?: number;
}

/** How full the context is, for the page and for the script that keeps it current. */
export function contextUsage({ tokens, of }: ContextNeed): string {
  if (of === undefined) return `About ${round(tokens).toLocaleString("en")} tokens`;
  const fits = tokens <= of;
  const about = fits ? Math.min(round(tokens), of) : Math.max(round(tokens), of + 1);
  const words = `About ${about.toLocaleString("en")} of ${of.toLocaleString("en")} tokens`;
  return fits ? `${words}, ${contextShare(tokens, of)}` : `${words}: `;
}

/** What will be lost, as the end of the sentence that `contextUsage` begins; "" if it fits. */
export function contextLoss({ tokens, alone, of }: ContextNeed): string {
  if (of === undefined || tokens <= of) return "";
  return alone > of
    ? "your prompt alone is too long, so its middle will be cut, or the model will refuse it"
    : "the oldest messages will be left out";
}

/** The share in percent, for narrow screens; undefined if it does not fit. */
export function contextShare(tokens: number, of?: number): string | undefined {
  return of === undefined || tokens > of ? undefined : `${Math.round((100 * tokens) / of)} %`;
}

/** To two significant digits: an estimate should not look like a measurement. */
function round(tokens: number): number {
  const step = 10 ** Math.max(1, Math.floor(Math.log10(Math.max(1, tokens))) - 1);
  return Math.round(tokens / step) * step;
}
