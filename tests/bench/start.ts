import { brotliCompressSync } from "node:zlib";
import { type ParleyProcess, startParley } from "./parley";
import { MIB, usageOf } from "./process";
import type { Row } from "./report";
import { median } from "./statistics";

const STARTS = 7;
const IDLE_PROCESSES = 3;
const SETTLING_MS = 2_000;

/** From the start of the executable to its first answer, and its memory when idle. */
export async function startRows(ollama: string): Promise<Row[]> {
  // The first start reads the executable from the disk.
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

/** Each folder is empty, so that the start includes creating the database. */
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

const KB = 1_000;

interface Got {
  path: string;
  text: string;
  /** As sent, compressed. */
  bytes: number;
  brotli: number;
}

/** What a browser fetches on its first visit. */
export async function visitRows(parley: ParleyProcess): Promise<Row[]> {
  const page = await fetchBoth(parley, "/");
  const links = [...page.text.matchAll(/<link [^>]*href="([^"]+)"/g)].map(([, path = ""]) => path);
  const scripts = await scriptsOf(parley, page.text);
  const others = await Promise.all(links.map((path) => fetchBoth(parley, path)));
  const script = sum(scripts.map(({ brotli }) => brotli));
  const all = sum([page, ...others, ...scripts].map(({ bytes }) => bytes));
  const files = [page, ...others, ...scripts].map(({ path, bytes, brotli }) => ({
    path,
    bytes,
    brotli,
  }));
  return [
    {
      what: "script sent to a browser, compressed",
      figure: script / KB,
      unit: "KB",
      budget: 20,
      raw: { files: scripts.map(({ path }) => path) },
    },
    {
      what: "first visit in all, compressed",
      figure: all / KB,
      unit: "KB",
      budget: 40,
      raw: { files },
    },
  ];
}

/** Includes what the scripts import. */
async function scriptsOf(parley: ParleyProcess, html: string): Promise<Got[]> {
  const found = new Map<string, Got>();
  const waiting = [...html.matchAll(/<script [^>]*src="([^"]+)"/g)].map(([, path = ""]) => path);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    const got = await fetchBoth(parley, path);
    found.set(path, got);
    for (const [, name = ""] of got.text.matchAll(/(?:from|import)\s*["'](\.?\/[^"']+)["']/g)) {
      waiting.push(new URL(name, new URL(path, parley.url)).pathname);
    }
  }
  return [...found.values()];
}

async function fetchBoth(parley: ParleyProcess, path: string): Promise<Got> {
  const encodings = { "Accept-Encoding": "gzip, br" };
  const wire = await parley.fetch(path, { headers: encodings, decompress: false } as RequestInit);
  const content = await parley.fetch(path, { headers: { "Accept-Encoding": "identity" } });
  if (!wire.ok || !content.ok) throw new Error(`${path} answered ${wire.status}`);
  const bytes = await content.bytes();
  return {
    path,
    text: new TextDecoder().decode(bytes),
    bytes: (await wire.bytes()).length,
    brotli: brotliCompressSync(bytes).length,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
