import { join } from "node:path";
import { startScriptedOllama } from "../ollama/host";
import { crashAnswer } from "../support/crash/answers";
import { Client } from "../support/engine/client";
import { faultsIn } from "../support/engine/integrity";
import { Ledger } from "../support/engine/ledger";
import { Moves } from "../support/engine/moves";
import { atRest } from "../support/engine/play";
import { Launcher, type RunningParley } from "../support/process";
import { Random } from "../support/random";
import { visitor } from "../support/visitor";
import { HABITS, type SoakContext } from "./people";
import { descriptorsOf, MemoryWatch, Watch } from "./watch";

export interface SoakPlan {
  minutes: number;
  seed: string;
}

/** What a soak has shown. */
export interface Soaked {
  faults: string[];
  statuses: Map<number, number>;
  requests: number;
  /** Resident memory of four parts of the time after the first minute, their medians. */
  memory: number[];
  /** Open files and sockets before anybody came and after all have gone. */
  descriptors: { before: number; after: number };
}

const PARTS = 4;
const PARALLEL = 16;
/** Longer than Bun keeps a quiet connection. */
const PATIENCE_MS = 20_000;

/** Lets people do everything to Parley for a time, and looks at what is left when they have gone. */
export async function soak(plan: SoakPlan): Promise<Soaked> {
  await using launcher = new Launcher();
  const ollama = await startScriptedOllama({ slots: PARALLEL });
  ollama.always(crashAnswer);
  const watch = new Watch();
  const flags = ["--parallel", String(PARALLEL), "--queue", "40"];
  const launched = await launcher.launch(["--ollama", ollama.url, ...flags]);
  const parley = { ...launched, ...visitor(launched.url, watch.send) };
  const client = new Client(() => parley, join(launcher.data, "parley.db"));
  try {
    // Search has a thread of its own, which stays.
    await parley.page("/conversations?q=tide");
    const before = descriptorsOf(parley.pid);
    const memory = new MemoryWatch(parley.pid);
    await live(parley, client, plan, watch);
    memory.stop();
    const medians = memory.medians(PARTS);
    ollama.always({ chunks: ["The end."], everyMs: 0 });
    await atRest(client);
    const writing = ollama.active() + ollama.queued();
    if (writing > 0) watch.fault(`the host still writes ${writing} answers`);
    await ollama.stop();
    const descriptors = { before, after: await restingDescriptors(parley.pid, before) };
    await lookAt(parley, client, watch);
    const { statuses, requests } = watch;
    const faults = [...watch.faults, ...client.played.faults];
    return { faults, statuses, requests, memory: medians, descriptors };
  } finally {
    await ollama.stop();
  }
}

/** How many descriptors are open once no more than before are, or after a while. */
async function restingDescriptors(pid: number, before: number): Promise<number> {
  const patience = performance.now() + PATIENCE_MS;
  while (descriptorsOf(pid) > before && performance.now() < patience) await Bun.sleep(200);
  return descriptorsOf(pid);
}

/** Looks at the database and the log of a Parley that has nothing left to do, and ends it. */
async function lookAt(parley: RunningParley, client: Client, watch: Watch): Promise<void> {
  const faults = client.withDatabase((db) => faultsIn(db, { atRest: true, imported: true }));
  for (const fault of faults) watch.fault(fault);
  for (const { level, event } of parley.log()) {
    if (level === "error") watch.fault(`the log says: ${event}`);
  }
  const { code } = await parley.end("SIGTERM");
  if (code !== 0) watch.fault(`Parley ended with ${code}`);
}

/** Everybody does what they do until the time is over. */
async function live(
  parley: RunningParley,
  client: Client,
  { minutes, seed }: SoakPlan,
  watch: Watch,
): Promise<void> {
  const end = performance.now() + minutes * 60_000;
  const ledger = new Ledger();
  const people = Object.entries(HABITS).flatMap(([name, habit]) =>
    Array.from({ length: habit.people }, async (_, person) => {
      const random = new Random(`${seed} ${name} ${person}`);
      const context: SoakContext = {
        parley,
        client,
        random,
        moves: new Moves(client, ledger, random),
      };
      while (performance.now() < end) {
        await habit.act(context).catch((error) => watch.fault(`${name}: ${error}`));
        await Bun.sleep(random.between(0, habit.pauseMs));
      }
    }),
  );
  await Promise.all(people);
}
