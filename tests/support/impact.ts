import { readFile } from "node:fs/promises";

/** What others felt of something that kept a server busy. */
export interface Impact {
  /** The longest time that the server left a request for an icon unanswered. */
  stallMs: number;
  /** By how much the memory of the process grew at its highest; 0 where the system does not tell. */
  grownBytes: number;
}

/**
 * An environment in which Parley gives garbage back as on a machine with little memory, so that what grows is what
 * it holds: on a large one the collector lets garbage stand. Neither variable is documented by Bun.
 */
export const SMALL_MACHINE = {
  BUN_JSC_forceRAMSize: String(256 * 1024 * 1024),
  MIMALLOC_PURGE_DELAY: "0",
};

const PING_EVERY_MS = 10;

/** As text, so that the thread needs no file of its own. It pings from outside the test, which may be busy itself. */
const PING = `let over = false;
self.onmessage = async ({ data }) => {
  if (data === "stop") { over = true; return; }
  let longest = 0;
  for (let first = true; !over; first = false) {
    const begun = performance.now();
    await (await fetch(data, { headers: { "accept-encoding": "identity" } })).arrayBuffer();
    longest = Math.max(longest, performance.now() - begun);
    if (first) self.postMessage("begun");
    await Bun.sleep(${PING_EVERY_MS});
  }
  self.postMessage(longest);
};`;

/**
 * Does something to a server while a second client asks for an icon again and again, and gives what that
 * client and the system saw. `pid` is the server's process, where its memory is wanted.
 */
export async function impactOf(
  { url, pid }: { url: string; pid?: number },
  act: () => Promise<unknown>,
): Promise<Impact> {
  const pinger = new Worker(URL.createObjectURL(new Blob([PING], { type: "text/javascript" })));
  const said = <T>() =>
    new Promise<T>((resolve, reject) => {
      pinger.onmessage = ({ data }: MessageEvent<T>) => resolve(data);
      pinger.onerror = ({ message }) => reject(new Error(message));
    });
  try {
    const begun = said();
    pinger.postMessage(`${url}/icon.svg`);
    await begun;
    const before = pid === undefined ? 0 : await peakOf(pid, true);
    await act();
    const after = pid === undefined ? 0 : await peakOf(pid, false);
    const longest = said<number>();
    pinger.postMessage("stop");
    return { stallMs: await longest, grownBytes: Math.max(0, after - before) };
  } finally {
    pinger.terminate();
  }
}

/**
 * The least impact of some tries: a shared machine stalls by itself now and then, a fault does each time. Ends
 * early when `enough` is met.
 */
export async function leastImpactOf(
  server: { url: string; pid?: number },
  act: () => Promise<unknown>,
  enough: Impact,
  tries = 3,
): Promise<Impact> {
  const least: Impact = { stallMs: Number.POSITIVE_INFINITY, grownBytes: Number.POSITIVE_INFINITY };
  for (let n = 0; n < tries; n++) {
    const { stallMs, grownBytes } = await impactOf(server, act);
    least.stallMs = Math.min(least.stallMs, stallMs);
    least.grownBytes = Math.min(least.grownBytes, grownBytes);
    if (least.stallMs <= enough.stallMs && least.grownBytes <= enough.grownBytes) break;
  }
  return least;
}

/** The most memory that a process had since `reset` was last given; Linux alone tells. */
async function peakOf(pid: number, reset: boolean): Promise<number> {
  if (process.platform !== "linux") return 0;
  if (reset) await Bun.write(`/proc/${pid}/clear_refs`, "5");
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const name = reset ? "VmRSS" : "VmHWM";
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0) * 1024;
}
