/** Less than this would be said as 0, which says nothing. */
export const LEAST_CONTEXT = 5;

/** What Ollama allows for a picture when it fits a conversation into the context. */
export const PICTURE_TOKENS = 768;

/** A rough figure for European languages, until a model has counted some text. */
export const USUAL_TOKENS_PER_CHARACTER = 0.25;

/** About what is to be sent, in tokens. */
export interface ContextNeed {
  /** All of it: the branch, the instructions and the prompt. */
  tokens: number;
  /** The instructions and the prompt: Ollama never drops these, it cuts them. */
  alone: number;
  /** How many tokens the model holds at once, where that is known. */
  of?: number | undefined;
}

/** How full a context is, for the page and for the script that counts along. */
export function contextWords({ tokens, of }: ContextNeed): string {
  if (of === undefined) return `About ${round(tokens).toLocaleString("en")} tokens`;
  const fits = tokens <= of;
  const about = fits ? Math.min(round(tokens), of) : Math.max(round(tokens), of + 1);
  const words = `About ${about.toLocaleString("en")} of ${of.toLocaleString("en")} tokens`;
  return fits ? `${words}, ${contextShare(tokens, of)}` : `${words}: `;
}

/** What will be lost if it does not fit; "" if it does. Follows `contextWords`. */
export function contextLoss({ tokens, alone, of }: ContextNeed): string {
  if (of === undefined || tokens <= of) return "";
  return alone > of
    ? "your prompt alone is too long, so its middle will be cut, or the model will refuse it"
    : "the oldest messages will be left out";
}

/** The share for a narrow screen; undefined if it does not fit. */
export function contextShare(tokens: number, of?: number): string | undefined {
  return of === undefined || tokens > of ? undefined : `${Math.round((100 * tokens) / of)} %`;
}

/** Two digits that count: an estimate should not look like a measurement. */
function round(tokens: number): number {
  const step = 10 ** Math.max(1, Math.floor(Math.log10(Math.max(1, tokens))) - 1);
  return Math.round(tokens / step) * step;
}
