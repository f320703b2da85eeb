import { readdirSync } from "node:fs";
import { usageOf } from "../bench/process";
import { median } from "../bench/statistics";
import type { Send } from "../support/visitor";

/** Before this time a process still reads what it needs for the first time. */
const WARM_UP_MS = 60_000;

/** Resident memory of a process as it goes. */
export class MemoryWatch {
  readonly #pid: number;
  readonly #samples: { at: number; rss: number }[] = [];
  readonly #begun = performance.now();
  readonly #timer: Timer;

  constructor(pid: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => void this.#sample(), 500);
  }

  /** Ends it. */
  stop(): void {
    clearInterval(this.#timer);
  }

  /**
   * The medians of so many parts of the time after the first minute, or after the first third of a shorter
   * run. NaN where a part has no samples.
   */
  medians(parts: number): number[] {
    const end = performance.now() - this.#begun;
    const begin = Math.min(WARM_UP_MS, end / 3);
    const length = (end - begin) / parts;
    return Array.from({ length: parts }, (_, part) => {
      const from = begin + part * length;
      const inPart = this.#samples.filter(({ at }) => at >= from && at < from + length);
      return median(inPart.map(({ rss }) => rss));
    });
  }

  async #sample(): Promise<void> {
    const usage = await usageOf(this.#pid).catch(() => undefined);
    if (usage) this.#samples.push({ at: performance.now() - this.#begun, rss: usage.rss });
  }
}

/** How many files and sockets a process has open; 0 where the system does not tell. */
export function descriptorsOf(pid: number): number {
  return process.platform === "linux" ? readdirSync(`/proc/${pid}/fd`).length : 0;
}

/** What may come back from Parley, whoever else does something at the same moment. */
const EXPECTED = new Set([200, 303, 404, 409, 422, 503]);

/** Looks at every response on its way. */
export class Watch {
  readonly faults: string[] = [];
  /** How many responses had each status. */
  readonly statuses = new Map<number, number>();
  /** Sends a request on a connection of its own; one that fails, or is answered as nothing should be, is a fault. */
  readonly send: Send = async (address, init) => {
    const asked = `${init.method ?? "GET"} ${address.pathname}${address.search}`;
    try {
      const response = await fetch(address, { ...init, keepalive: false });
      const { status } = response;
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      if (!EXPECTED.has(status)) this.fault(`${asked} was answered with ${status}`);
      return response;
    } catch (error) {
      this.fault(`${asked} failed: ${error}`);
      throw error;
    }
  };

  get requests(): number {
    return [...this.statuses.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Notes what is wrong; the same words once. */
  fault(words: string): void {
    if (!this.faults.includes(words)) this.faults.push(words);
  }
}
