import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

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
