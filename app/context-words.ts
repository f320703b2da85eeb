/** Less than this would be said as 0, which says nothing. */
export const LEAST_CONTEXT = 5;

/** How full a context is, for the page and for the script that counts along. */
export function contextWords(tokens: number, of?: number): string {
  const about = `About ${round(tokens).toLocaleString("en")}`;
  if (of === undefined) return `${about} tokens`;
  const held = of.toLocaleString("en");
  const share = contextShare(tokens, of);
  if (share === undefined) return `${about} tokens, more than the ${held} that fit`;
  return `${about} of ${held} tokens, ${share}`;
}

/** The same for a narrow screen; undefined where it takes more words. */
export function contextShare(tokens: number, of?: number): string | undefined {
  return of === undefined || tokens > of ? undefined : `${Math.round((100 * tokens) / of)} %`;
}

/** Two digits that count: an estimate should not look like a measurement. */
function round(tokens: number): number {
  const step = 10 ** Math.max(1, Math.floor(Math.log10(Math.max(1, tokens))) - 1);
  return Math.round(tokens / step) * step;
}
