/** A readable size such as "3.4 MB". */
export function fileSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** The value if it is a number from 0 to MAX_SAFE_INTEGER, otherwise undefined. */
export function nonNegative(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER
    ? value
    : undefined;
}

const UNITS_IN_MS: Record<string, number> = {
  ...{ ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 },
};

/** Milliseconds of a duration as Go writes it, such as "1h30m" or "-1s"; undefined if it is none. */
export function parseDuration(text: string): number | undefined {
  const [, sign, amount = ""] = /^([-+]?)(0|(?:\d+\.?\d*(?:ns|us|µs|ms|s|m|h))+)$/.exec(text) ?? [];
  if (amount === "") return undefined;
  const parts = [...amount.matchAll(/(\d+\.?\d*)([a-zµ]+)/g)];
  const ms = parts.map(([, count, unit = ""]) => Number(count) * (UNITS_IN_MS[unit] ?? 0));
  return ms.reduce((sum, part) => sum + part, 0) * (sign === "-" ? -1 : 1);
}
