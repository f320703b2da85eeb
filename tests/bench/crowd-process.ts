import { resolve } from "node:path";
import type { CrowdOrder, CrowdReport } from "./crowd-readers";
import { endWithBench } from "./process";

const LONGEST_MS = 180_000;

/** The readers as a process of their own, so that they do not take the time of the one that measures. */
export interface CrowdProcess {
  readonly pid: number;
  /** Resolves when every prompt is taken and every reader is there. */
  readonly ready: Promise<void>;
  /** Resolves when everything has been read. */
  readonly read: Promise<void>;
  readonly report: Promise<CrowdReport>;
}

/** Starts the readers. */
export function startReaders(order: CrowdOrder): CrowdProcess {
  const ready = Promise.withResolvers<void>();
  const read = Promise.withResolvers<void>();
  const report = Promise.withResolvers<CrowdReport>();
  const child = Bun.spawn([process.execPath, resolve(import.meta.dir, "crowd-readers.ts")], {
    stdio: ["ignore", "inherit", "inherit"],
    // Bun opens 256 connections at once unless it is told otherwise before it starts.
    env: { ...process.env, BUN_CONFIG_MAX_HTTP_REQUESTS: String(2 * order.count) },
    ipc(message: "started" | "ready" | "read" | CrowdReport) {
      if (message === "started") child.send(order);
      else if (message === "ready") ready.resolve();
      else if (message === "read") read.resolve();
      else {
        report.resolve(message);
        child.kill();
      }
    },
  });
  endWithBench(child);
  const deadline = setTimeout(() => child.kill(), LONGEST_MS);
  // Only one of the two is waited for at a time.
  report.promise.catch(() => {});
  read.promise.catch(() => {});
  void child.exited.then(() => {
    clearTimeout(deadline);
    const fault = new Error("the readers did not come to an end");
    read.reject(fault);
    report.reject(fault);
  });
  return { pid: child.pid, ready: ready.promise, read: read.promise, report: report.promise };
}
