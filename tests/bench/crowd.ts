import { startReaders } from "./crowd-process";
import { type Ask, type OllamaProcess, startOllama } from "./ollama";
import { type ParleyProcess, startParley } from "./parley";
import { MIB, usageOf, watchUsage } from "./process";
import { readWhole } from "./reading";
import { watchStalls } from "./stalls";
import { median, quantile } from "./statistics";
import type { Row } from "./table";

const COUNT = 500;
/** 30 tokens a second. */
const EVERY_MS = 1000 / 30;
const TOKENS = 360;
const DIRECT_TOKENS = 150;
const GATHERING_MS = 15_000;

/** 500 generations at once, each with a reader of its events. */
export async function crowdRows(): Promise<Row[]> {
  await using ollama = await startOllama();
  const direct = await directCrowd(ollama);
  const flags = ["--parallel", String(COUNT), "--queue", String(2 * COUNT)];
  await using parley = await startParley(ollama.url, flags);
  await warmUp(parley);
  const before = await usageOf(parley.pid);
  const readers = startReaders({
    url: parley.url,
    through: "parley",
    count: COUNT,
    ask: askFor(TOKENS),
  });
  const atOnce = await gathered(ollama, readers.ready);
  const waiting = await usageOf(parley.pid);
  const stalls = watchStalls(parley.url);
  const busy = watchUsage([parley.pid, ollama.pid, readers.pid]);
  // Again and again: where not all were there at once, the others come when the first ones are done.
  const releasing = setInterval(() => ollama.release(), 100);
  ollama.release();
  await readers.read;
  clearInterval(releasing);
  const use = await busy.stop();
  const { longestMs, p99Ms } = await stalls.stop();
  const report = await readers.report;
  const lags = report.lags.flat();
  // The middle of the run: the highest moment is just before a garbage collection and hardly repeats.
  const perReader = (median(use.rss) - before.rss) / COUNT / 1024;
  const missing = COUNT - Math.min(report.complete, report.stored, atOnce);
  const raw = {
    atOnce,
    complete: report.complete,
    stored: report.stored,
    faults: report.faults,
    stamps: lags.length,
    medianLagMs: median(lags),
    longestLagMs: quantile(lags, 1),
    longestGapMs: report.longestGapMs,
    direct,
    cores: { parley: use.cores[0], ollama: use.cores[1], readers: use.cores[2] },
    rssMiB: {
      before: before.rss / MIB,
      waiting: waiting.rss / MIB,
      median: median(use.rss) / MIB,
      highest: Math.max(...use.rss) / MIB,
    },
    pingP99Ms: p99Ms,
  };
  const what = "500 generations at 30 tokens/s:";
  return [
    { what: `${what} not complete`, figure: missing, unit: "", budget: 0, raw },
    {
      what: `${what} p99 lag`,
      figure: quantile(lags, 0.99),
      unit: "ms",
      budget: 250,
      raw: {},
    },
    { what: `${what} p99 lag without Parley`, figure: direct.p99LagMs, unit: "ms", raw: {} },
    { what: `${what} memory of each`, figure: perReader, unit: "KiB", budget: 100, raw: {} },
    { what: `${what} longest stall, by pings`, figure: longestMs, unit: "ms", raw: {} },
    { what: `${what} cores used`, figure: use.cores[0] ?? Number.NaN, unit: "", raw: {} },
  ];
}

function askFor(tokens: number): Ask {
  return { text: "markdown", size: tokens, everyMs: EVERY_MS, stamps: 3, held: true };
}

/** What host and readers alone make of it on this machine. */
async function directCrowd(ollama: OllamaProcess) {
  const ask = askFor(DIRECT_TOKENS);
  const readers = startReaders({ url: ollama.url, through: "ollama", count: COUNT, ask });
  await gathered(ollama, readers.ready);
  ollama.release();
  const lags = (await readers.report).lags.flat();
  return { medianLagMs: median(lags), p99LagMs: quantile(lags, 0.99) };
}

/** Code is compiled and the heap has its usual size before the crowd comes. */
async function warmUp(parley: ParleyProcess): Promise<void> {
  const ask: Ask = { text: "markdown", size: 200, everyMs: 2 };
  const read = async () => readWhole(await parley.fetch(`${await parley.begin(ask)}/events`));
  await Promise.all(Array.from({ length: 8 }, read));
  await Bun.sleep(1_000);
}

/** Resolves when all are waiting for their first token, or with how many are when time is up. */
async function gathered(ollama: OllamaProcess, ready: Promise<void>): Promise<number> {
  const deadline = performance.now() + GATHERING_MS;
  await Promise.race([ready, Bun.sleep(GATHERING_MS)]);
  let held = await ollama.held();
  while (held < COUNT && performance.now() < deadline) {
    await Bun.sleep(100);
    held = await ollama.held();
  }
  return held;
}
