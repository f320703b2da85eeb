/** Many readers in one process: each begins its conversation and reads its events to the end. */
import { type Ask, askOllama } from "./ollama";
import { begin, fetchFrom } from "./parley";
import { answerOfEvents, answerOfPage, readChunks } from "./reading";
import { StampReader, stampsIn, withStamps } from "./stamps";
import { markdownChunks } from "./text";

export interface CrowdOrder {
  url: string;
  through: "parley" | "ollama";
  count: number;
  /** Each reader gets another text, and a pace within a twentieth of this. */
  ask: Ask;
}

export interface CrowdReport {
  /** Of each reader, in order. */
  lags: number[][];
  /** Readers whose stream ended with the answer that the page has. */
  complete: number;
  /** Pages with everything that the host sent. */
  stored: number;
  longestGapMs: number;
  faults: string[];
}

/** More at once would measure how prompts are taken, not how answers are relayed. */
const AT_ONCE = 8;

class Reader {
  readonly stamps = new StampReader();
  readonly chunks: string[] = [];
  longestGapMs = 0;
  path = "";
  #last: number | undefined;

  async read(response: Response): Promise<void> {
    await readChunks(response, (chunk) => {
      this.stamps.take(chunk);
      this.chunks.push(chunk);
      const at = performance.now();
      if (this.stamps.lags.length > 0) {
        this.longestGapMs = Math.max(this.longestGapMs, at - (this.#last ?? at));
        this.#last = at;
      }
    });
  }
}

async function run(order: CrowdOrder): Promise<CrowdReport> {
  const asks = Array.from({ length: order.count }, (_, index) => askOf(order, index));
  const readers = asks.map(() => new Reader());
  const reading: Promise<void>[] = [];
  const faults: string[] = [];
  await inTurns(asks, async (ask, index) => {
    const reader = readers[index];
    if (!reader) return;
    const response = open(order, ask, reader);
    // A held answer has no headers yet, but Parley's event stream has.
    if (order.through === "parley") await response;
    const read = response.then((opened) => reader.read(opened));
    reading.push(read.catch((error) => void faults.push(String(error))));
  });
  process.send?.("ready");
  await Promise.all(reading);
  process.send?.("read");
  let complete = 0;
  let stored = 0;
  if (order.through === "parley") {
    await inTurns(readers, async (reader, index) => {
      const page = answerOfPage(await (await fetchFrom(order.url, reader.path)).text());
      if (answerOfEvents(reader.chunks.join("")) === page) complete++;
      if (hasAll(page, asks[index])) stored++;
    });
  }
  const longestGapMs = Math.max(...readers.map((reader) => reader.longestGapMs));
  return {
    lags: readers.map(({ stamps }) => stamps.lags),
    complete,
    stored,
    longestGapMs,
    faults,
  };
}

function askOf({ ask }: CrowdOrder, index: number): Ask {
  return { ...ask, seed: index + 1, everyMs: ask.everyMs * (0.95 + (index % 21) / 200) };
}

async function open({ url, through }: CrowdOrder, ask: Ask, reader: Reader): Promise<Response> {
  if (through === "ollama") return askOllama(url, ask);
  reader.path = await begin(url, ask);
  return fetchFrom(url, `${reader.path}/events`);
}

function hasAll(page: string, ask: Ask | undefined): boolean {
  if (ask === undefined || typeof ask.stamps !== "number") return false;
  const { stamps } = withStamps(markdownChunks(ask.size, ask.seed), ask.stamps);
  const found = stampsIn(page);
  return found.length === stamps && found.every((seq, index) => seq === index);
}

async function inTurns<T>(
  items: T[],
  act: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const entries = items.entries();
  const worker = async () => {
    for (const [index, item] of entries) await act(item, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

process.on("message", async (order: CrowdOrder) => {
  process.send?.(await run(order));
});
process.on("disconnect", () => process.exit(0));
process.send?.("started");
