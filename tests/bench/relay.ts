import { readHeld } from "./held";
import { type Ask, askOllama, type OllamaProcess } from "./ollama";
import type { ParleyProcess } from "./parley";
import { cpuMsOf } from "./process";
import { answerOfEvents, answerOfPage } from "./reading";
import { median } from "./statistics";
import type { Row } from "./table";
import { markdownChunks } from "./text";

const REPEATS = 5;
const ASK: Ask = { text: "markdown", size: 40_000, everyMs: 0 };

/** What one token costs the whole process when the host sends as fast as it can. */
export async function relayRows(ollama: OllamaProcess, parley: ParleyProcess): Promise<Row[]> {
  const tokens = markdownChunks(ASK.size).length;
  const costs: number[] = [];
  const ratios: number[] = [];
  // The first answer is for the compiler: the budget is that of a Parley which has been running.
  for (let repeat = -1; repeat < REPEATS; repeat++) {
    const [own] = await readHeld(ollama, ASK, async (ask) => [askOllama(ollama.url, ask)]);
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

/** The prompt, the answer and its end all count. */
async function relayed(ollama: OllamaProcess, parley: ParleyProcess) {
  const before = await cpuMsOf(parley.pid);
  let path = "";
  const [reading] = await readHeld(ollama, ASK, async (ask) => {
    path = await parley.begin(ask);
    return [Promise.resolve(await parley.fetch(`${path}/events`))];
  });
  const cost = (await cpuMsOf(parley.pid)) - before;
  const page = answerOfPage(await (await parley.fetch(path)).text());
  if (!reading || answerOfEvents(reading.text) !== page) throw new Error("the reader lost text");
  return { cost, ms: reading.ms };
}
