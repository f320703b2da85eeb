import type { Ask } from "./ollama";
import type { ParleyProcess } from "./parley";
import { readWhole } from "./reading";
import { watchStalls } from "./stalls";
import { median } from "./statistics";
import type { Row } from "./table";

const REPEATS = 3;
const ASK: Ask = { text: "code", size: 5_000, everyMs: 0.5 };

/** How long the server is deaf while 5,000 lines of code are written and their block closes. */
export async function codeRows(parley: ParleyProcess): Promise<Row[]> {
  const longest: number[] = [];
  const gaps: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const stalls = watchStalls(parley.url);
    const path = await parley.begin(ASK);
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
