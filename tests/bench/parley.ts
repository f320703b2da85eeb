import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Ask, MODEL } from "./ollama";
import { endWithBench } from "./process";
import { quantile } from "./statistics";

/** What is measured: the executable, as a person would download it. */
const BINARY = resolve("dist/parley");

export interface ParleyProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  readonly folder: string;
  /** A request as a browser on the page sends it; redirects are not followed. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  begin(ask: Ask): Promise<string>;
}

/** Starts the executable on an empty folder and any free port; resolves when it listens. */
export async function startParley(ollama: string, flags: string[] = []): Promise<ParleyProcess> {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  const own = ["--host", "127.0.0.1", "--port", "0", "--data", folder, "--ollama", ollama];
  const child = Bun.spawn([BINARY, ...own, "--demo", "off", "--titles", "off", ...flags], {
    stdio: ["ignore", "inherit", "pipe"],
    // The user's own settings must not change the figures.
    env: { PATH: process.env.PATH ?? "", HOME: folder },
  });
  endWithBench(child);
  const clean = () => rmSync(folder, { recursive: true, force: true });
  process.on("exit", clean);
  const url = await addressIn(child.stderr);
  return {
    url,
    pid: child.pid,
    folder,
    fetch: (path, init = {}) => fetchFrom(url, path, init),
    begin: (ask) => begin(url, ask),
    async [Symbol.asyncDispose]() {
      child.kill();
      await child.exited;
      process.off("exit", clean);
      clean();
    },
  };
}

/** Finds the address in the log, and passes on warnings and errors. */
function addressIn(log: ReadableStream<Uint8Array>): Promise<string> {
  const { promise, resolve: found, reject } = Promise.withResolvers<string>();
  const read = async () => {
    let rest = "";
    const decoder = new TextDecoder();
    for await (const chunk of log) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const url = /"event":"listening".*?"url":"([^"]+)"/.exec(line)?.[1];
        if (url) found(url);
        else if (!line.includes('"level":"info"')) process.stderr.write(`${line}\n`);
      }
    }
    reject(new Error("Parley ended before it listened"));
  };
  read().catch(reject);
  return promise;
}

export function requireBinary(): void {
  if (existsSync(BINARY)) return;
  process.stderr.write("dist/parley is missing: bun run build\n");
  process.exit(1);
}

/** A request as a browser sends it from a page of Parley. */
export function fetchFrom(url: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate" };
  return fetch(url + path, {
    redirect: "manual",
    ...init,
    headers: { ...headers, ...Object.fromEntries(new Headers(init.headers)) },
  });
}

/** Begins a conversation and returns its path. */
export async function begin(url: string, ask: Ask): Promise<string> {
  const body = new URLSearchParams({ prompt: JSON.stringify(ask), model: MODEL });
  const response = await fetchFrom(url, "/conversations", { method: "POST", body });
  const location = response.headers.get("location");
  if (response.status === 303 && location) return location;
  throw new Error(`the prompt was not taken: ${response.status} ${await response.text()}`);
}

const PING_EVERY_MS = 20;

export interface Stalls {
  longestMs: number;
  p99Ms: number;
  pings: number;
}

/** Requests an icon every 20 ms until `stop` is called: a busy event loop answers late by as long as it is busy. */
export function watchStalls(url: string): { stop(): Promise<Stalls> } {
  const times: number[] = [];
  let over = false;
  const ping = async () => {
    const begun = performance.now();
    await (await fetchFrom(url, "/icon.svg", { method: "HEAD" })).arrayBuffer();
    return performance.now() - begun;
  };
  const pinging = (async () => {
    while (!over) {
      const time = await ping();
      times.push(time);
      await Bun.sleep(Math.max(0, PING_EVERY_MS - time));
    }
  })();
  // If the measured part itself fails, its error is the one to show.
  pinging.catch(() => {});
  return {
    async stop() {
      over = true;
      await pinging;
      return { longestMs: quantile(times, 1), p99Ms: quantile(times, 0.99), pings: times.length };
    },
  };
}
