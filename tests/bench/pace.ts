import { type Ask, askOllama } from "./ollama";
import type { ParleyProcess } from "./parley";
import { readWhole } from "./reading";
import { median, timed } from "./statistics";
import type { Row } from "./table";

const REPEATS = 5;
const ASK: Ask = { text: "markdown", size: 2_000, everyMs: 1 };

/** One answer at 1,000 tokens a second, from the prompt to the end: through Parley, and directly. */
export async function paceRows(ollama: string, parley: ParleyProcess): Promise<Row[]> {
  const ratios: number[] = [];
  const direct: number[] = [];
  const events: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const own = await timed(async () => void (await readWhole(await askOllama(ollama, ASK))));
    const through = await timed(async () => {
      const path = await parley.begin(ASK);
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
