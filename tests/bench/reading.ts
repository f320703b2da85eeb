import { answersOf } from "../support/page";

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

/** What reading one response to its end took. */
export interface Reading {
  text: string;
  bytes: number;
  /** The longest time between two chunks. */
  longestGapMs: number;
}

/** Reads a response to its end. */
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

/** The settled answer that an event stream has brought; undefined where the stream did not end. */
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

/** The last answer of a page. */
export function answerOfPage(html: string): string {
  const answer = answersOf(html).at(-1);
  if (answer === undefined) throw new Error("the page has no answer");
  return answer;
}
