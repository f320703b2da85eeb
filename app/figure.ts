/**
 * A number of tokens or milliseconds from outside, where it is one: a host, a file that was imported or an older
 * release can have put anything in its place.
 */
export function figure(claimed: unknown): number | undefined {
  return typeof claimed === "number" && claimed >= 0 && claimed <= Number.MAX_SAFE_INTEGER
    ? claimed
    : undefined;
}
