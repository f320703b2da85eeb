import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type BrowserContext, test as base, expect } from "playwright/test";
import { type ScriptedOllama, startScriptedOllama } from "../ollama/host";

interface Fixtures {
  /** More arguments for Parley: `test.use({ args: ["--parallel", "1"] })`. */
  args: string[];
  /** The Ollama that it asks, in the test's own process. */
  ollama: ScriptedOllama;
  parley: Parley;
  faults: Faults;
  /** True in the project whose browser runs scripts. */
  scripted: boolean;
}

/** A fresh Parley, Ollama and browser for each test; a fault on any page fails it. */
export const test = base.extend<Fixtures>({
  args: [[], { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names from the pattern.
  ollama: async ({}, use) => {
    const ollama = await startScriptedOllama({ slots: 4 });
    await use(ollama);
    await ollama.stop();
  },
  parley: async ({ ollama, args }, use) => {
    const parley = await startParley(["--ollama", ollama.url, ...args]);
    await use(parley);
    await parley.stop();
  },
  baseURL: async ({ parley }, use) => use(`${parley.url}/`),
  scripted: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled ?? true),
  faults: [
    async ({ context, parley }, use) => {
      const faults = watchFaults(context, parley.url);
      await use(faults);
      expect(faults.found(), "errors, dialogs and requests to other hosts").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** What must never happen on any page, collected while a test runs. */
export interface Faults {
  /** Lets error messages of the console pass that match, as `422` where a form is refused. */
  allow(pattern: RegExp): void;
  /** Everything that went wrong and was not allowed. */
  found(): string[];
}

/**
 * Watches all pages of a context: errors in the console, the Content-Security-Policy's among them, errors
 * of scripts, dialogs, and requests that leave for another host.
 */
export function watchFaults(context: BrowserContext, url: string): Faults {
  const home = new URL(url).origin;
  const seen: string[] = [];
  const allowed: RegExp[] = [];
  context.on("console", (message) => {
    if (message.type() === "error") seen.push(`console: ${message.text()}`);
  });
  context.on("weberror", (fault) => seen.push(`script: ${fault.error().stack}`));
  context.on("dialog", (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("request", (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && new URL(url).origin !== home) seen.push(`request: ${url}`);
  });
  return {
    allow: (pattern) => allowed.push(pattern),
    found: () => seen.filter((fault) => !allowed.some((pattern) => pattern.test(fault))),
  };
}

/** A running Parley in a process of its own, on a fresh folder. */
export interface Parley {
  readonly url: string;
  /** Where it keeps its database. */
  readonly folder: string;
  /** Kills it as a power cut would, and starts another on the same folder and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The build must be there (`bun run build`). The runner itself may be Bun or Node. */
const BUN = process.versions.bun ? process.execPath : (process.env.BUN ?? "bun");

/** Starts Parley with these arguments; the port and the folder are its own. */
export async function startParley(args: readonly string[]): Promise<Parley> {
  const folder = mkdtempSync(join(tmpdir(), "parley-browser-"));
  // A title is one more chat, which most scenarios do not want to see.
  const own = ["--data", folder, "--titles", "off"];
  const start = (port: string) => launch(["--port", port, ...own, ...args]);
  let running = await start("0").catch((reason) => {
    rmSync(folder, { recursive: true, force: true });
    throw reason;
  });
  const { url } = running;
  return {
    url,
    folder,
    async restart() {
      await kill(running.child);
      running = await start(new URL(url).port);
    },
    async stop() {
      await kill(running.child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(args: readonly string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(BUN, ["build/parley.js", ...args], {
    env: { ...process.env, PARLEY_PATTERNS: "1", LOG_LEVEL: "info", DEBUG: "" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said: string[] = [];
  // Reading goes on to the end: a full pipe would stop the server.
  const lines = createInterface({ input: child.stderr });
  const url = await new Promise<string>((resolve, reject) => {
    lines.on("line", (line) => {
      said.push(line);
      const address = listening(line);
      if (address) resolve(address);
    });
    lines.on("close", () => reject(new Error(`Parley did not start:\n${said.join("\n")}`)));
  });
  return { child, url };
}

/** The address in the log line that says that it listens. */
function listening(line: string): string | undefined {
  if (!line.includes('"listening"')) return undefined;
  return (JSON.parse(line) as { url: string }).url;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
