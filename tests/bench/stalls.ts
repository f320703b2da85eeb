import { fetchFrom } from "./parley";
import { quantile } from "./statistics";

const EVERY_MS = 20;

/** What the pings of a time have shown. */
export interface Stalls {
  longestMs: number;
  p99Ms: number;
  pings: number;
}

/**
 * Pings a server every 20 ms on a connection of its own until `stop` is called: an event loop that is busy
 * answers late by as long as it is busy. The ping is an icon, which costs Parley next to nothing.
 */
export function watchStalls(url: string): { stop(): Promise<Stalls> } {
  const times: number[] = [];
  let over = false;
  const ping = async () => {
    const begun = performance.now();
    await (await fetchFrom(url, "/icon.svg", { method: "HEAD" })).arrayBuffer();
    return performance.now() - begun;
  };
  const pinging = (async () => {
    while (!over) {
      const time = await ping();
      times.push(time);
      await Bun.sleep(Math.max(0, EVERY_MS - time));
    }
  })();
  // Where the measured theme itself fails, its fault is the one to show.
  pinging.catch(() => {});
  return {
    async stop() {
      over = true;
      await pinging;
      return { longestMs: quantile(times, 1), p99Ms: quantile(times, 0.99), pings: times.length };
    },
  };
}
