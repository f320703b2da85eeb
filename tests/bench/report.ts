import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os";
import { MIB } from "./process";
import { short } from "./statistics";

/** Without a budget it only informs. */
export interface Row {
  what: string;
  figure: number;
  unit: string;
  budget?: number;
  raw: Record<string, unknown>;
}

const HEAD = ["what", "figure", "budget", "ratio", ""];

/** True also if nothing was measured. */
export function misses({ figure, budget }: Row): boolean {
  return budget !== undefined && !(figure <= budget);
}

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

function padded(line: readonly string[], widths: readonly number[]): string {
  const columns = line.map((cell, at) =>
    at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
  );
  return columns.join("  ").trimEnd();
}

export function machineFacts(): Record<string, unknown> {
  return {
    cores: availableParallelism(),
    load: loadavg()[0],
    processor: cpus()[0]?.model ?? "unknown",
    memoryMiB: Math.round(totalmem() / MIB),
    os: `${platform()} ${release()} ${arch()}`,
    bun: Bun.version,
  };
}

export function busyNote(): string | undefined {
  const load = loadavg()[0] ?? 0;
  if (load < availableParallelism() / 2) return undefined;
  return `Other programs are busy (load ${load.toFixed(1)}): the figures are worse than on a quiet machine.`;
}
