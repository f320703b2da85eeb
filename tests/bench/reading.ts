import { answersOf } from "../support/page";
import type { Ask, OllamaProcess } from "./ollama";

/** The text of a response as it comes. */
export async function readChunks(
  response: Response,
  take: (chunk: string, bytes: number) => void,
): Promise<void> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    take(decoder.decode(bytes, { stream: true }), bytes.length);
  }
}

export interface Reading {
  text: string;
  bytes: number;
  longestGapMs: number;
}

export async function readWhole(response: Response): Promise<Reading> {
  const chunks: string[] = [];
  let bytes = 0;
  let longestGapMs = 0;
  let last: number | undefined;
  await readChunks(response, (chunk, length) => {
    const at = performance.now();
    longestGapMs = Math.max(longestGapMs, at - (last ?? at));
    last = at;
    bytes += length;
    chunks.push(chunk);
  });
  return { text: chunks.join(""), bytes, longestGapMs };
}

const PARTIAL =
  /<hx-partial hx-target="#(tail|answer)-[^"]*" hx-swap="(\w+)">(.*?)<\/hx-partial>/gs;

/** The final answer in an event stream; undefined if the stream did not end. */
export function answerOfEvents(stream: string): string | undefined {
  if (!/^event: done$/m.test(stream)) return undefined;
  const html = stream
    .split("\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => line.slice("data: ".length))
    .join("\n");
  let answer = "";
  for (const [, place, swap, inner = ""] of html.matchAll(PARTIAL)) {
    if (place === "answer") answer = inner;
    else if (swap === "beforebegin") answer += inner;
  }
  return answer;
}

export function answerOfPage(html: string): string {
  const answer = answersOf(html).at(-1);
  if (answer === undefined) throw new Error("the page has no answer");
  return answer;
}

const PATIENCE_MS = 10_000;

/** `ms` counts from the first token. */
export interface HeldReading extends Reading {
  ms: number;
}

/** Connects all readers before the first token, then reads to the end: a fast answer would be over sooner. */
export async function readHeld(
  ollama: OllamaProcess,
  ask: Ask,
  open: (ask: Ask) => Promise<Promise<Response>[]>,
): Promise<HeldReading[]> {
  const responses = await open({ ...ask, held: true });
  for (const deadline = performance.now() + PATIENCE_MS; (await ollama.held()) === 0; ) {
    if (performance.now() > deadline) throw new Error("the prompt did not reach the host");
    await Bun.sleep(2);
  }
  const begun = performance.now();
  ollama.release();
  return Promise.all(
    responses.map(async (response) => {
      const reading = await readWhole(await response);
      return { ...reading, ms: performance.now() - begun };
    }),
  );
}
