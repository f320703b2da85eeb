import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { LogFields } from "../../app/log.server";
import { type Visitor, visitor } from "./visitor";

/** What is left of a process that has ended. */
export interface Ended {
  /** Null where a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The executable as a process of its own. Whatever it does not do in time fails, and it is killed. */
export interface ParleyProcess {
  readonly pid: number;
  /** What it has logged so far, an event each; throws on a line that is not JSON. */
  log(): LogFields[];
  /** Waits until it listens and gives its address; rejects where it ends before that. */
  listening(): Promise<string>;
  /** Leaves its log unread from here on: the pipe is closed. */
  stopReading(): Promise<void>;
  /** Waits for it to end, after a signal where one is given. */
  end(signal?: "SIGTERM" | "SIGINT" | "SIGKILL"): Promise<Ended>;
}

/** A process that listens, with a browser on its pages. */
export type RunningParley = ParleyProcess & Visitor & { readonly url: string };

/** Longer than any start or end takes on a machine that is busy with other tests. */
const PATIENCE_MS = 15_000;

/** The path of the executable; throws where it has not been built. */
export function executable(): string {
  const path = resolve("dist/parley");
  if (existsSync(path)) return path;
  throw new Error("dist/parley is missing: `bun run build` makes it.");
}

/** A folder of a test and the processes that were started in it. */
export class Launcher implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), "parley-process-"));
  /** Where processes are started; empty. */
  readonly cwd = join(this.folder, "cwd");
  /** What `--data` names unless a test says otherwise; made by Parley. */
  readonly data = join(this.folder, "data");
  readonly #started: ParleyProcess[] = [];

  constructor() {
    mkdirSync(this.cwd);
  }

  /** A path in the folder. */
  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** Starts the executable with these arguments, and with no environment but this one. */
  spawn(args: string[], env: Record<string, string> = {}): ParleyProcess {
    const parley = startProcess([executable(), ...args], env, this.cwd);
    this.#started.push(parley);
    return parley;
  }

  /** Runs it to its own end. */
  run(args: string[], env: Record<string, string> = {}): Promise<Ended> {
    return this.spawn(args, env).end();
  }

  /** Starts it on a free port and this folder, and waits until it listens. Later arguments win. */
  async launch(args: string[] = [], env: Record<string, string> = {}): Promise<RunningParley> {
    const parley = this.spawn(["--port", "0", "--data", this.data, ...args], env);
    const url = await parley.listening();
    return { ...parley, ...visitor(url), url };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#started.map((parley) => parley.end("SIGKILL")));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

function startProcess(command: string[], env: Record<string, string>, cwd: string): ParleyProcess {
  // A title is one more chat, which most tests do not want to see.
  const own = { PARLEY_TITLES: "off", ...env };
  const child = Bun.spawn(command, { env: own, cwd, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const said = { stdout: "", stderr: "" };
  const lines = () => said.stderr.split("\n").slice(0, -1);
  const url = Promise.withResolvers<string>();
  // Those who do not wait for it hear of an early end from the exit code.
  url.promise.catch(() => {});
  const [stdout, stderr] = [child.stdout.getReader(), child.stderr.getReader()];
  const reading = Promise.all([
    collect(stdout, (text) => {
      said.stdout += text;
    }),
    collect(stderr, (text) => {
      said.stderr += text;
      const line = lines().find((entry) => entry.includes('"event":"listening"'));
      if (line) url.resolve(JSON.parse(line).url);
    }),
  ]);
  const ended = child.exited.then(async (): Promise<Ended> => {
    running.delete(child);
    await reading;
    url.reject(new Error(`Parley ended with ${child.exitCode} and said: ${said.stderr}`));
    return { code: child.exitCode, ...said };
  });

  async function inTime<T>(what: string, done: Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      late.reject(new Error(`Parley did not ${what} within ${PATIENCE_MS / 1_000} s.`));
    }, PATIENCE_MS);
    return Promise.race([done, late.promise]).finally(() => clearTimeout(timer));
  }

  return {
    pid: child.pid,
    log: () => lines().map((line) => JSON.parse(line)),
    listening: () => inTime("listen", url.promise),
    stopReading: () => stderr.cancel(),
    end(signal) {
      if (signal) child.kill(signal);
      return inTime(signal ? `end after ${signal}` : "end by itself", ended);
    },
  };
}

/** Processes that have not ended; none of them outlives the tests. */
const running = new Set<Bun.Subprocess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

async function collect(
  stream: ReadableStreamDefaultReader<Uint8Array>,
  take: (text: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await stream.read();
    if (done) return;
    take(decoder.decode(value, { stream: true }));
  }
}
