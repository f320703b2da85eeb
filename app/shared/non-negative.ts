/**
 * The value if it is a number from 0 to MAX_SAFE_INTEGER, for counts and milliseconds that a host, an imported file or
 * an older release wrote.
 */
export function nonNegative(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER
    ? value
    : undefined;
}
