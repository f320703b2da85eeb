import { type Ask, askOllama } from "./ollama";
import type { ParleyProcess } from "./parley";
import { readChunks } from "./reading";
import { StampReader } from "./stamps";
import { median, quantile } from "./statistics";
import type { Row } from "./table";

const TURNS = 40;

/**
 * How long the first text is under way: from the moment in which the host writes it into a line to the
 * moment in which the reader has it. Reading the host directly takes a part of that too, which is taken off.
 */
export async function firstTextRows(ollama: string, parley: ParleyProcess): Promise<Row[]> {
  const direct: number[] = [];
  const events: number[] = [];
  const document: number[] = [];
  // The first turn is for the compiler.
  for (let turn = -1; turn < TURNS; turn++) {
    // A model needs its time for the prompt; each turn another, so that no timer is in step with it.
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
