import { brotliCompressSync } from "node:zlib";
import type { ParleyProcess } from "./parley";
import type { Row } from "./table";

const KB = 1_000;

/** A file as a browser gets it. */
interface Got {
  path: string;
  text: string;
  /** As it came over the wire. */
  bytes: number;
  brotli: number;
}

/** What a browser fetches that has never been here. */
export async function visitRows(parley: ParleyProcess): Promise<Row[]> {
  const page = await get(parley, "/");
  const links = [...page.text.matchAll(/<link [^>]*href="([^"]+)"/g)].map(([, path = ""]) => path);
  const scripts = await scriptsOf(parley, page.text);
  const others = await Promise.all(links.map((path) => get(parley, path)));
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
      budget: 45,
      raw: { files },
    },
  ];
}

/** The page's scripts and whatever they import. */
async function scriptsOf(parley: ParleyProcess, html: string): Promise<Got[]> {
  const found = new Map<string, Got>();
  const waiting = [...html.matchAll(/<script [^>]*src="([^"]+)"/g)].map(([, path = ""]) => path);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    const got = await get(parley, path);
    found.set(path, got);
    for (const [, name = ""] of got.text.matchAll(/(?:from|import)\s*["'](\.?\/[^"']+)["']/g)) {
      waiting.push(new URL(name, new URL(path, parley.url)).pathname);
    }
  }
  return [...found.values()];
}

async function get(parley: ParleyProcess, path: string): Promise<Got> {
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
