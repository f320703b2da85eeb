/** The value if it is a number from 0 to MAX_SAFE_INTEGER: for counts and times from hosts and imported files. */
export function nonNegative(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER
    ? value
    : undefined;
}
