import type { Ask, OllamaProcess } from "./ollama";
import type { ParleyProcess } from "./parley";
import { answerOfPage, type Reading, readHeld, readWhole } from "./reading";
import type { Row } from "./report";
import { median } from "./statistics";

const TOKENS = 16_000;
const FULL_SPEED_REPEATS = 3;
/** At 100 tokens a second the whole would take minutes, so it is written as many answers at once. */
const PARTS = 16;

/** Bytes on the wire for an answer, over the bytes of its final HTML. */
export async function wireRows(ollama: OllamaProcess, parley: ParleyProcess): Promise<Row[]> {
  const full = { events: [] as number[], document: [] as number[] };
  for (let repeat = 0; repeat < FULL_SPEED_REPEATS; repeat++) {
    const ask: Ask = { text: "markdown", size: TOKENS, everyMs: 0 };
    let path = "";
    const readings = await readHeld(ollama, ask, async (held) => {
      path = await parley.begin(held);
      return readers(parley, path);
    });
    const sent = await sentFor(parley, path, readings);
    full.events.push(sent.events / sent.html);
    full.document.push(sent.document / sent.html);
  }
  const parts = await Promise.all(
    Array.from({ length: PARTS }, async (_, part) => {
      const size = TOKENS / PARTS;
      const path = await parley.begin({ text: "markdown", size, seed: part + 1, everyMs: 10 });
      const responses = await readers(parley, path);
      const readings = responses.map(async (response) => readWhole(await response));
      return sentFor(parley, path, await Promise.all(readings));
    }),
  );
  const total = (of: "html" | "events" | "document") =>
    parts.reduce((sum, part) => sum + part[of], 0);
  const what = "bytes for a 16k-token answer over its HTML";
  return [
    { what: `${what}, events`, figure: median(full.events), unit: "", budget: 3, raw: full },
    { what: `${what}, document`, figure: median(full.document), unit: "", budget: 3, raw: {} },
    {
      what: "the same at 100 tokens/s, events",
      figure: total("events") / total("html"),
      unit: "",
      raw: { parts },
    },
    {
      what: "the same at 100 tokens/s, document",
      figure: total("document") / total("html"),
      unit: "",
      raw: {},
    },
  ];
}

/** One reader of each kind, both connected before the first token. */
async function readers(parley: ParleyProcess, path: string): Promise<Promise<Response>[]> {
  const responses = [await parley.fetch(`${path}/events`), await parley.fetch(path)];
  return responses.map((response) => Promise.resolve(response));
}

/** The document counts from the beginning of its answer. */
async function sentFor(parley: ParleyProcess, path: string, [events, document]: Reading[]) {
  const page = await (await parley.fetch(path)).text();
  const html = Buffer.byteLength(answerOfPage(page));
  const around = Buffer.byteLength(page) - html;
  return {
    html,
    events: events?.bytes ?? Number.NaN,
    document: (document?.bytes ?? Number.NaN) - around,
  };
}
