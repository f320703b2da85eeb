import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

export const MIB = 1024 * 1024;

export interface Usage {
  /** User and system time. */
  cpuMs: number;
  /** Resident memory, pages shared with other processes included. */
  rss: number;
  /** Shared pages count in proportion; undefined if the system does not tell. */
  pss: number | undefined;
}

/** Linux counts times in ticks of this length, whatever the kernel does. */
const TICK_MS = 10;

/** Ends a process with the bench, however that ends. */
export function endWithBench(child: Bun.Subprocess): void {
  const kill = () => child.kill();
  process.on("exit", kill);
  void child.exited.then(() => process.off("exit", kill));
}

/** From /proc, elsewhere from `ps`. */
export async function usageOf(pid: number): Promise<Usage> {
  return existsSync("/proc/self/stat") ? fromProc(pid) : fromPs(pid);
}

export async function cpuMsOf(pid: number): Promise<number> {
  return (await usageOf(pid)).cpuMs;
}

async function fromProc(pid: number): Promise<Usage> {
  const read = (name: string) => readFile(`/proc/${pid}/${name}`, "utf8");
  const stat = await read("stat");
  // The program's name, in parentheses, may contain spaces: fields count from behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  const pss = await read("smaps_rollup").then(
    (text) => kilobytes(text, "Pss"),
    () => undefined,
  );
  const rss = kilobytes(await read("status"), "VmRSS");
  return { cpuMs: (user + system) * TICK_MS, rss: rss ?? Number.NaN, pss };
}

function kilobytes(text: string, name: string): number | undefined {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1];
  return found === undefined ? undefined : Number(found) * 1024;
}

async function fromPs(pid: number): Promise<Usage> {
  const ps = Bun.spawn(["ps", "-o", "rss=,time=", "-p", String(pid)], { stdout: "pipe" });
  const [rss = "", time = ""] = (await new Response(ps.stdout).text()).trim().split(/\s+/);
  const seconds = time.split(/[:-]/).reduce((sum: number, part) => sum * 60 + Number(part), 0);
  return { cpuMs: seconds * 1000, rss: Number(rss) * 1024, pss: undefined };
}

const SAMPLE_MS = 250;

/** Cores used by each process, and the memory of the first over time. */
export interface UseOverTime {
  rss: number[];
  cores: number[];
}

export function watchUsage(pids: readonly number[]): { stop(): Promise<UseOverTime> } {
  const begun = performance.now();
  const first = Promise.all(pids.map(usageOf));
  const rss: number[] = [];
  const timer = setInterval(async () => {
    const usage = await usageOf(pids[0] ?? 0).catch(() => undefined);
    if (usage) rss.push(usage.rss);
  }, SAMPLE_MS);
  return {
    async stop() {
      clearInterval(timer);
      const elapsed = performance.now() - begun;
      const before = await first;
      const after = await Promise.all(pids.map(usageOf));
      const cores = after.map(({ cpuMs }, at) => (cpuMs - (before[at]?.cpuMs ?? 0)) / elapsed);
      return { rss, cores };
    },
  };
}
