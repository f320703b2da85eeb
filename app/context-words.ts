/** How full a context is, for the page and for the script that counts along. */
export function contextWords(tokens: number, of?: number): string {
  const about = `About ${round(tokens).toLocaleString("en")}`;
  if (of === undefined) return `${about} tokens`;
  const held = of.toLocaleString("en");
  if (tokens > of) return `${about} tokens, more than the ${held} that fit`;
  return `${about} of ${held} tokens, ${Math.round((100 * tokens) / of)} %`;
}

/** Two digits that count: an estimate should not look like a measurement. */
function round(tokens: number): number {
  const step = 10 ** Math.max(1, Math.floor(Math.log10(Math.max(1, tokens))) - 1);
  return Math.round(tokens / step) * step;
}
