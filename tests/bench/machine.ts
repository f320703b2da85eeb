import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os";
import { MIB } from "./process";

/** What the figures depend on: the machine and the runtime of the bench. */
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

/** A sentence about other programs that are taking the processor, if they are. */
export function busyNote(): string | undefined {
  const load = loadavg()[0] ?? 0;
  if (load < availableParallelism() / 2) return undefined;
  return `Other programs are busy (load ${load.toFixed(1)}): the figures are worse than on a quiet machine.`;
}
