import { Database } from "bun:sqlite";
import fc from "fast-check";
import { usageOf } from "../bench/process";
import { faultsIn } from "../support/engine/integrity";
import { atRest } from "../support/engine/play";
import { type Impact, leastImpactOf } from "../support/impact";
import { faultsOf } from "./checks";
import { type Asked, request } from "./requests";
import { FuzzTarget } from "./target";
import { type Answered, bytesOf, isUnfinished, send } from "./wire";

export interface FuzzPlan {
  seed: number;
  /** How many requests at least. */
  requests: number;
  /** The base path of the server; "" for none. */
  base: string;
}

/** What was sent and what came of it. */
export interface Fuzzed {
  requests: number;
  /** How many responses had each status; 0 for none. */
  statuses: Map<number, number>;
  /** In words, each with the fewest and smallest requests that show it, where some do. */
  faults: string[];
  /** The longest stall that came again, or that was not above the limit. */
  stallMs: number;
  /** Resident memory after a first round, and a pause after the last one. */
  memory: { before: number; after: number };
}

/** Requests that are sent at the same moment, and how often that is done in a round. */
const BURST = { minLength: 1, maxLength: 8, size: "max" } as const;
const BURSTS = 25;
/** As DESIGN.md promises. Memory that grows meanwhile is looked at in the end. */
const ENOUGH: Impact = { stallMs: 250, grownBytes: Number.POSITIVE_INFINITY };
/** Rounds with a fault before it is given up: each is made smaller, and that takes time. */
const MOST_FAULTY_ROUNDS = 5;
const SHRINK_MS = 60_000;
const PAUSE_MS = 3_000;
const SHOWN_BYTES = 1_500;

/** Sends requests until there were as many as asked for, and looks at everything that comes back. */
export async function fuzz({ seed, requests, base }: FuzzPlan): Promise<Fuzzed> {
  await using target = await FuzzTarget.start(seed, base);
  const fuzzer = new Fuzzer(target);
  const { fuzzed } = fuzzer;
  for (
    let round = 0, faulty = 0;
    fuzzed.requests < requests && faulty < MOST_FAULTY_ROUNDS;
    round++
  ) {
    const before = fuzzed.faults.length;
    await fuzzer.round(seed + round);
    if (fuzzed.faults.length > before) faulty++;
    if (round === 0) fuzzed.memory.before = await fuzzer.memory();
  }
  await fuzzer.end();
  return fuzzed;
}

class Fuzzer {
  readonly fuzzed: Fuzzed = {
    requests: 0,
    statuses: new Map(),
    faults: [],
    stallMs: 0,
    memory: { before: 0, after: 0 },
  };
  readonly #target: FuzzTarget;
  readonly #bursts: fc.IAsyncPropertyWithHooks<[Asked[]]>;
  #logged = 0;

  constructor(target: FuzzTarget) {
    this.#target = target;
    this.#bursts = fc.asyncProperty(fc.array(request(target.vocabulary), BURST), (burst) =>
      this.#sendAll(burst),
    );
  }

  /** Some bursts, and the same again where others had to wait for them. */
  async round(seed: number): Promise<void> {
    this.#target.ids.refresh();
    let failed = false;
    const impact = await leastImpactOf(
      this.#target.parley,
      async () => {
        failed ||= await this.#check(seed);
      },
      ENOUGH,
    ).catch((error) => {
      // Who pings loses the server where a fault has had it started again.
      if (!failed) throw error;
    });
    const log = this.#newLog();
    if (failed || !impact) return;
    const { stallMs } = impact;
    this.fuzzed.stallMs = Math.max(this.fuzzed.stallMs, stallMs);
    if (stallMs > ENOUGH.stallMs) this.#fault(seed, `others waited for ${Math.round(stallMs)} ms`);
    for (const { event, level, ...fields } of log) {
      if (level === "error") this.#fault(seed, `the log says: ${event} ${JSON.stringify(fields)}`);
    }
  }

  /** Waits until nothing is left to do, and looks at what is there. */
  async end(): Promise<void> {
    const { fuzzed } = this;
    this.#target.release();
    await atRest(this.#target.client());
    await Bun.sleep(PAUSE_MS);
    fuzzed.memory.after = await this.memory();
    const health = await fetch(`${this.#target.parley.url}/healthz`).catch(() => undefined);
    if (health?.status !== 200) fuzzed.faults.push(`/healthz answers with ${health?.status}`);
    const db = new Database(this.#target.file);
    fuzzed.faults.push(...faultsIn(db, { atRest: true, imported: true }));
    db.close();
    const { code } = await this.#target.parley.end("SIGTERM");
    if (code !== 0) fuzzed.faults.push(`Parley ended with ${code}`);
  }

  /** Resident memory of Parley. */
  async memory(): Promise<number> {
    return (await usageOf(this.#target.parley.pid)).rss;
  }

  /** True where a burst shows a fault, which is then known with its smallest form. */
  async #check(seed: number): Promise<boolean> {
    const details = await fc.check(this.#bursts, {
      seed,
      numRuns: BURSTS,
      interruptAfterTimeLimit: SHRINK_MS,
    });
    if (!details.failed) return false;
    const { errorInstance: error } = details;
    this.#fault(seed, error instanceof Error ? error.message : String(error));
    return true;
  }

  async #sendAll(burst: Asked[]): Promise<void> {
    const faults = await Promise.all(
      burst.map(async (asked) => {
        const bytes = this.#bytes(asked);
        const found = await this.#send(asked, bytes);
        return found.map((fault) => `${fault}\n\n${shownBytes(bytes)}\n`);
      }),
    );
    if (faults.flat().length > 0) throw new Error(faults.flat().join("\n"));
  }

  async #send(asked: Asked, bytes: Buffer): Promise<string[]> {
    const port = Number(new URL(this.#target.parley.url).port);
    const { method, leaveAfterMs } = asked;
    const how = { method, unfinished: isUnfinished(asked.body), leaveAfterMs };
    let answered: Answered | undefined;
    try {
      answered = await send(port, bytes, how);
    } catch (error) {
      // Hung or gone: the next ones need another.
      await this.#target.restart();
      this.#logged = 0;
      return [String(error)];
    }
    const { statuses } = this.fuzzed;
    this.fuzzed.requests++;
    statuses.set(answered?.status ?? 0, (statuses.get(answered?.status ?? 0) ?? 0) + 1);
    return answered ? faultsOf(answered, this.#target.vocabulary.base) : [];
  }

  #bytes(asked: Asked): Buffer {
    const { origin, host } = new URL(this.#target.parley.url);
    return bytesOf(asked, (text) =>
      this.#target.ids.fill(text).replaceAll("{origin}", origin).replaceAll("{host}", host),
    );
  }

  #newLog() {
    const log = this.#target.parley.log();
    const fresh = log.slice(this.#logged);
    this.#logged = log.length;
    return fresh;
  }

  #fault(seed: number, words: string): void {
    this.fuzzed.faults.push(`--seed ${seed}: ${words}`);
  }
}

/** Bytes as somebody can read and send them again. */
function shownBytes(bytes: Buffer): string {
  const text = bytes
    .toString("latin1", 0, SHOWN_BYTES)
    .replace(/[^\n\x20-\x7e]/g, (char) =>
      char === "\r" ? "" : `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`,
    );
  return bytes.length > SHOWN_BYTES ? `${text}… (${bytes.length} bytes)` : text;
}
