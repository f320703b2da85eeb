import { type Ask, askOllama, type OllamaProcess } from "./ollama";
import { type ParleyProcess, watchStalls } from "./parley";
import { cpuMsOf } from "./process";
import { answerOfEvents, answerOfPage, readChunks, readHeld, readWhole } from "./reading";
import type { Row } from "./report";
import { StampReader } from "./stamps";
import { median, quantile, timed } from "./statistics";
import { markdownChunks } from "./text";

const TURNS = 40;

/** From the host writing the first text to the reader having it, less the same without Parley. */
export async function firstTextRows(ollama: string, parley: ParleyProcess): Promise<Row[]> {
  const direct: number[] = [];
  const events: number[] = [];
  const document: number[] = [];
  // The first turn is for the compiler.
  for (let turn = -1; turn < TURNS; turn++) {
    // Another time in each turn, so that no timer is in step with it.
    const promptMs = turn < 0 ? 500 : 25 + turn * 3;
    const ask: Ask = { text: "markdown", size: 4, everyMs: 5, promptMs, stamps: "first" };
    const lags = [
      await firstLag(askOllama(ollama, ask)),
      await firstLag(parley.fetch(`${await parley.begin(ask)}/events`)),
      await firstLag(parley.fetch(await parley.begin(ask))),
    ] as const;
    if (turn < 0) continue;
    for (const [at, list] of [direct, events, document].entries())
      list.push(lags[at] ?? Number.NaN);
  }
  const own = median(direct);
  return [
    {
      what: "first visible text over Ollama's own, events",
      figure: median(events) - own,
      unit: "ms",
      budget: 5,
      raw: { direct, events, p95: quantile(events, 0.95) - own },
    },
    {
      what: "first visible text over Ollama's own, document",
      figure: median(document) - own,
      unit: "ms",
      budget: 5,
      raw: { document, p95: quantile(document, 0.95) - own },
    },
  ];
}

async function firstLag(response: Promise<Response>): Promise<number> {
  const reader = new StampReader();
  await readChunks(await response, (chunk) => reader.take(chunk));
  const [lag] = reader.lags;
  if (lag === undefined) throw new Error("the answer did not come");
  return lag;
}

const PACE_REPEATS = 5;
const PACE_ASK: Ask = { text: "markdown", size: 2_000, everyMs: 1 };

/** One answer at 1,000 tokens a second, from the prompt to the end, over reading Ollama directly. */
export async function paceRows(ollama: string, parley: ParleyProcess): Promise<Row[]> {
  const ratios: number[] = [];
  const direct: number[] = [];
  const events: number[] = [];
  for (let repeat = 0; repeat < PACE_REPEATS; repeat++) {
    const own = await timed(async () => void (await readWhole(await askOllama(ollama, PACE_ASK))));
    const through = await timed(async () => {
      const path = await parley.begin(PACE_ASK);
      await readWhole(await parley.fetch(`${path}/events`));
    });
    direct.push(own);
    events.push(through);
    ratios.push(through / own);
  }
  return [
    {
      what: "one answer at 1,000 tokens/s, over reading Ollama",
      figure: median(ratios),
      unit: "",
      budget: 1.05,
      raw: { ratios, direct, events },
    },
  ];
}

const RELAY_REPEATS = 5;
const RELAY_ASK: Ask = { text: "markdown", size: 40_000, everyMs: 0 };

/** Processor time per token when the host sends as fast as it can. */
export async function relayRows(ollama: OllamaProcess, parley: ParleyProcess): Promise<Row[]> {
  const tokens = markdownChunks(RELAY_ASK.size).length;
  const costs: number[] = [];
  const ratios: number[] = [];
  // The first answer is for the compiler: the budget is for a Parley that has been running.
  for (let repeat = -1; repeat < RELAY_REPEATS; repeat++) {
    const [own] = await readHeld(ollama, RELAY_ASK, async (ask) => [askOllama(ollama.url, ask)]);
    const { cost, ms } = await relayed(ollama, parley);
    if (repeat < 0) continue;
    costs.push((1000 * cost) / tokens);
    ratios.push(ms / (own?.ms ?? Number.NaN));
  }
  return [
    {
      what: "processor time for one relayed token",
      figure: median(costs),
      unit: "µs",
      budget: 40,
      raw: { tokens, costs },
    },
    {
      what: "time for the same answer over reading Ollama",
      figure: median(ratios),
      unit: "",
      raw: { ratios },
    },
  ];
}

/** Counts the prompt, the answer and its end. */
async function relayed(ollama: OllamaProcess, parley: ParleyProcess) {
  const before = await cpuMsOf(parley.pid);
  let path = "";
  const [reading] = await readHeld(ollama, RELAY_ASK, async (ask) => {
    path = await parley.begin(ask);
    return [Promise.resolve(await parley.fetch(`${path}/events`))];
  });
  const cost = (await cpuMsOf(parley.pid)) - before;
  const page = answerOfPage(await (await parley.fetch(path)).text());
  if (!reading || answerOfEvents(reading.text) !== page) throw new Error("the reader lost text");
  return { cost, ms: reading.ms };
}

const CODE_REPEATS = 3;
const CODE_ASK: Ask = { text: "code", size: 5_000, everyMs: 0.5 };

/** The longest time without a response while 5,000 lines of code are written. */
export async function codeRows(parley: ParleyProcess): Promise<Row[]> {
  const longest: number[] = [];
  const gaps: number[] = [];
  for (let repeat = 0; repeat < CODE_REPEATS; repeat++) {
    const stalls = watchStalls(parley.url);
    const path = await parley.begin(CODE_ASK);
    const { longestGapMs } = await readWhole(await parley.fetch(`${path}/events`));
    longest.push((await stalls.stop()).longestMs);
    gaps.push(longestGapMs);
  }
  return [
    {
      what: "longest stall while 5,000 lines of code stream",
      figure: median(longest),
      unit: "ms",
      raw: { longest, gaps },
    },
  ];
}
