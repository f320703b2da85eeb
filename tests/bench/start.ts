import { startParley } from "./parley";
import { MIB, usageOf } from "./process";
import { median } from "./statistics";
import type { Row } from "./table";

const STARTS = 7;
const IDLE_PROCESSES = 3;
const SETTLING_MS = 2_000;

/** From the spawn of the executable to its first answer, and its memory when nobody asks anything. */
export async function startRows(ollama: string): Promise<Row[]> {
  // The first one reads the executable from the disk, which is the disk's time.
  await timeToAnswer(ollama, "/");
  const page: number[] = [];
  const health: number[] = [];
  for (let repeat = 0; repeat < STARTS; repeat++) {
    page.push(await timeToAnswer(ollama, "/"));
    health.push(await timeToAnswer(ollama, "/healthz"));
  }
  const memory = await Promise.all(Array.from({ length: IDLE_PROCESSES }, () => idle(ollama)));
  const rss = median(memory.map((usage) => usage.rss)) / MIB;
  const pss = median(memory.map((usage) => usage.pss ?? Number.NaN)) / MIB;
  return [
    {
      what: "start to first answered request",
      figure: median(page),
      unit: "ms",
      budget: 100,
      raw: { page, health },
    },
    { what: "start to the first /healthz", figure: median(health), unit: "ms", raw: {} },
    { what: "idle memory", figure: rss, unit: "MiB", budget: 70, raw: { memory } },
    { what: "idle memory, shared pages by share", figure: pss, unit: "MiB", raw: {} },
  ];
}

/** The folder is empty each time, so that a start makes the database too. */
async function timeToAnswer(ollama: string, path: string): Promise<number> {
  const begun = performance.now();
  await using parley = await startParley(ollama);
  const response = await parley.fetch(path);
  await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return performance.now() - begun;
}

async function idle(ollama: string) {
  await using parley = await startParley(ollama);
  await (await parley.fetch("/")).text();
  await Bun.sleep(SETTLING_MS);
  return usageOf(parley.pid);
}
