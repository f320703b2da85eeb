import { type Ask, MODEL } from "./ollama";
import type { ParleyProcess } from "./parley";
import { readWhole } from "./reading";
import { median, timed } from "./statistics";
import type { Row } from "./table";

const REPEATS = 15;
const TURNS = 20;
/** A realistic answer of 100,000 characters has about this many chunks. */
const LONG_TOKENS = 20_000;

/** The time to a page that has nothing live on it, from the request to its last byte. */
export async function pageRows(parley: ParleyProcess): Promise<Row[]> {
  const conversation = await conversationOf(parley, TURNS);
  const forty = await pageTimes(parley, conversation);
  const long = await finished(parley, { text: "markdown", size: LONG_TOKENS, everyMs: 0 });
  const whole = await pageTimes(parley, long);
  return [
    {
      what: "page of a conversation of 40 messages",
      figure: median(forty.times),
      unit: "ms",
      raw: forty,
    },
    {
      what: "page of an answer of 100,000 characters",
      figure: median(whole.times),
      unit: "ms",
      raw: whole,
    },
    { what: "the same, rendered for the first time", figure: whole.first, unit: "ms", raw: {} },
  ];
}

async function pageTimes(parley: ParleyProcess, path: string) {
  let bytes = 0;
  const view = () =>
    timed(async () => {
      bytes = (await readWhole(await parley.fetch(path))).bytes;
    });
  const first = await view();
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) times.push(await view());
  return { first, times, bytes };
}

/** A conversation whose answers are of usual length. */
async function conversationOf(parley: ParleyProcess, turns: number): Promise<string> {
  const ask = (seed: number): Ask => ({ text: "markdown", size: 200, seed, everyMs: 0 });
  const path = await finished(parley, ask(1));
  for (let turn = 2; turn <= turns; turn++) {
    const body = new URLSearchParams({ prompt: JSON.stringify(ask(turn)), model: MODEL });
    const { status } = await parley.fetch(`${path}/messages`, { method: "POST", body });
    if (status !== 303) throw new Error(`the prompt was not taken: ${status}`);
    await readWhole(await parley.fetch(`${path}/events`));
  }
  return path;
}

async function finished(parley: ParleyProcess, ask: Ask): Promise<string> {
  const path = await parley.begin(ask);
  await readWhole(await parley.fetch(`${path}/events`));
  return path;
}
