import { resolve } from "node:path";
import type { CrowdOrder, CrowdReport } from "./crowd-readers";
import { type Ask, type OllamaProcess, startOllama } from "./ollama";
import { type ParleyProcess, type Stalls, startParley, watchStalls } from "./parley";
import { endWithBench, MIB, type Usage, type UseOverTime, usageOf, watchUsage } from "./process";
import { readWhole } from "./reading";
import type { Row } from "./report";
import { median, quantile } from "./statistics";

const FEW = 50;
const MANY = 500;
const MOST = 1_000;
/** 30 tokens a second. */
const EVERY_MS = 1000 / 30;
const TOKENS = 360;
const DIRECT_TOKENS = 150;
const GATHERING_MS = 30_000;

interface Crowd {
  count: number;
  /** How many were waiting when the first token was released. */
  atOnce: number;
  before: Usage;
  gathered: Usage;
  use: UseOverTime;
  stalls: Stalls;
  report: CrowdReport;
}

/** 500 generations at once, each with a reader of its events; and 50 and 1,000 for comparison. */
export async function crowdRows(): Promise<Row[]> {
  const few = await crowdOf(FEW);
  const many = await crowdOf(MANY);
  const most = await crowdOf(MOST);
  const what = `${MANY} generations at 30 tokens/s:`;
  const direct = await directCrowd();
  return [
    missingRow(what, many, { direct }),
    { what: `${what} p99 lag`, figure: p99Of(many), unit: "ms", budget: 250, raw: {} },
    { what: `${what} p99 lag without Parley`, figure: direct.p99LagMs, unit: "ms", raw: {} },
    { what: `${what} memory of each`, figure: memoryOfEach(many), unit: "KiB", raw: {} },
    {
      what: `${what} memory of each beyond ${FEW}`,
      figure: marginalMemory(few, many),
      unit: "KiB",
      budget: 100,
      raw: figuresOf(few),
    },
    { what: `${what} longest stall, by pings`, figure: many.stalls.longestMs, unit: "ms", raw: {} },
    { what: `${what} cores used`, figure: many.use.cores[0] ?? Number.NaN, unit: "", raw: {} },
    ...rowsOfMost(few, most),
  ];
}

function rowsOfMost(few: Crowd, most: Crowd): Row[] {
  const what = "1,000 at once:";
  const beyond = marginalMemory(few, most);
  return [
    missingRow(what, most, {}),
    { what: `${what} p99 lag`, figure: p99Of(most), unit: "ms", raw: {} },
    { what: `${what} memory of each beyond ${FEW}`, figure: beyond, unit: "KiB", raw: {} },
  ];
}

/** How many answers lost something or were late. All other figures depend on it. */
function missingRow(what: string, crowd: Crowd, more: Record<string, unknown>): Row {
  const { complete, stored } = crowd.report;
  return {
    what: `${what} not complete`,
    figure: crowd.count - Math.min(complete, stored, crowd.atOnce),
    unit: "",
    budget: 0,
    raw: { ...figuresOf(crowd), ...more },
  };
}

function figuresOf({ count, atOnce, before, gathered, use, stalls, report }: Crowd) {
  const lags = report.lags.flat();
  return {
    count,
    atOnce,
    complete: report.complete,
    stored: report.stored,
    faults: report.faults,
    stamps: lags.length,
    medianLagMs: median(lags),
    longestLagMs: quantile(lags, 1),
    longestGapMs: report.longestGapMs,
    cores: { parley: use.cores[0], ollama: use.cores[1], readers: use.cores[2] },
    rssMiB: {
      before: before.rss / MIB,
      gathered: gathered.rss / MIB,
      median: median(use.rss) / MIB,
      highest: Math.max(...use.rss) / MIB,
    },
    pingP99Ms: stalls.p99Ms,
  };
}

function p99Of({ report }: Crowd): number {
  return quantile(report.lags.flat(), 0.99);
}

/** In KiB. */
function memoryOfEach(crowd: Crowd): number {
  return grownBytes(crowd) / crowd.count / 1024;
}

/** Of each answer beyond the first few, in KiB: without what any crowd costs once. */
function marginalMemory(few: Crowd, many: Crowd): number {
  return (grownBytes(many) - grownBytes(few)) / (many.count - few.count) / 1024;
}

/** The median, since the maximum is just before a garbage collection and hardly repeats. */
function grownBytes({ use, before }: Crowd): number {
  return median(use.rss) - before.rss;
}

async function crowdOf(count: number): Promise<Crowd> {
  await using ollama = await startOllama();
  // The same for few and many, so that Bun runs with the same settings.
  const flags = ["--parallel", String(MOST), "--queue", String(2 * MOST)];
  await using parley = await startParley(ollama.url, flags);
  await warmUp(parley);
  const before = await usageOf(parley.pid);
  const ask = askFor(TOKENS);
  const readers = startReaders({ url: parley.url, through: "parley", count, ask });
  const atOnce = await gather(ollama, count, readers.ready);
  const gathered = await usageOf(parley.pid);
  const watch = watchStalls(parley.url);
  const busy = watchUsage([parley.pid, ollama.pid, readers.pid]);
  // Repeated: if not all fit at once, the others come when the first ones have ended.
  const releasing = setInterval(() => ollama.release(), 100);
  ollama.release();
  await readers.read;
  clearInterval(releasing);
  const use = await busy.stop();
  const stalls = await watch.stop();
  return { count, atOnce, before, gathered, use, stalls, report: await readers.report };
}

function askFor(tokens: number): Ask {
  return { text: "markdown", size: tokens, everyMs: EVERY_MS, stamps: 3, held: true };
}

/** The lag of host and readers without Parley. */
async function directCrowd() {
  await using ollama = await startOllama();
  const ask = askFor(DIRECT_TOKENS);
  const readers = startReaders({ url: ollama.url, through: "ollama", count: MANY, ask });
  await gather(ollama, MANY, readers.ready);
  ollama.release();
  const lags = (await readers.report).lags.flat();
  return { medianLagMs: median(lags), p99LagMs: quantile(lags, 0.99) };
}

/** Compiles the code and grows the heap to its usual size. */
async function warmUp(parley: ParleyProcess): Promise<void> {
  const ask: Ask = { text: "markdown", size: 200, everyMs: 2 };
  const read = async () => readWhole(await parley.fetch(`${await parley.begin(ask)}/events`));
  await Promise.all(Array.from({ length: 8 }, read));
  await Bun.sleep(1_000);
}

/** How many wait for their first token: all, or those that do when time is up. */
async function gather(ollama: OllamaProcess, count: number, ready: Promise<void>): Promise<number> {
  const deadline = performance.now() + GATHERING_MS;
  await Promise.race([ready, Bun.sleep(GATHERING_MS)]);
  let held = await ollama.held();
  while (held < count && performance.now() < deadline) {
    await Bun.sleep(100);
    held = await ollama.held();
  }
  return held;
}

const LONGEST_MS = 180_000;

/** The readers run in a process of their own, so that they take no time from the one that measures. */
interface CrowdProcess {
  readonly pid: number;
  /** Resolves when every prompt is accepted and every reader is connected. */
  readonly ready: Promise<void>;
  readonly read: Promise<void>;
  readonly report: Promise<CrowdReport>;
}

function startReaders(order: CrowdOrder): CrowdProcess {
  const ready = Promise.withResolvers<void>();
  const read = Promise.withResolvers<void>();
  const report = Promise.withResolvers<CrowdReport>();
  const child = Bun.spawn([process.execPath, resolve(import.meta.dir, "crowd-readers.ts")], {
    stdio: ["ignore", "inherit", "inherit"],
    // Bun opens 256 connections at once unless its environment allows more.
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
  // Only one of the two is awaited at a time.
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
