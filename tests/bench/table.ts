import { short } from "./statistics";

/** One figure of the benchmark; without a budget it only informs. */
export interface Row {
  what: string;
  figure: number;
  unit: string;
  budget?: number;
  /** Everything that was measured on the way. */
  raw: Record<string, unknown>;
}

const HEAD = ["what", "figure", "budget", "ratio", ""];

/** True where a figure is past its budget, or was not found at all. */
export function misses({ figure, budget }: Row): boolean {
  return budget !== undefined && !(figure <= budget);
}

/** The rows as a table for a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines.map((line) => padded(line, widths)).join("\n");
}

function cells(row: Row): string[] {
  const { what, figure, unit, budget } = row;
  const shown = `${short(figure)} ${unit}`.trim();
  if (budget === undefined) return [what, shown, "", "", ""];
  const ratio = budget === 0 ? "" : short(figure / budget);
  return [what, shown, String(budget), ratio, misses(row) ? "MISS" : "ok"];
}

/** The first column begins at the left, the others end at the right. */
function padded(line: readonly string[], widths: readonly number[]): string {
  const columns = line.map((cell, at) =>
    at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
  );
  return columns.join("  ").trimEnd();
}
