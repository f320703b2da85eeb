import { join } from "node:path";
import { startScriptedOllama } from "../ollama/host";
import { crashAnswer } from "../support/crash/answers";
import { Desk } from "../support/engine/desk";
import { Ledger } from "../support/engine/ledger";
import { Moves } from "../support/engine/moves";
import { atRest } from "../support/engine/play";
import { faultsIn } from "../support/engine/whole";
import { Ground, type RunningParley } from "../support/process";
import { Random } from "../support/random";
import { visitor } from "../support/visitor";
import { descriptorsOf, MemoryWatch } from "./memory";
import { HABITS, type SoakContext } from "./people";
import { Watch } from "./watch";

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
  await using ground = new Ground();
  const ollama = await startScriptedOllama({ slots: PARALLEL });
  ollama.always(crashAnswer);
  const watch = new Watch();
  const flags = ["--parallel", String(PARALLEL), "--queue", "40"];
  const launched = await ground.launch(["--ollama", ollama.url, ...flags]);
  const parley = { ...launched, ...visitor(launched.url, watch.send) };
  const desk = new Desk(() => parley, join(ground.data, "parley.db"));
  try {
    // Search has a thread of its own, which stays.
    await parley.page("/conversations?q=tide");
    const before = descriptorsOf(parley.pid);
    const memory = new MemoryWatch(parley.pid);
    await live(parley, desk, plan, watch);
    memory.stop();
    const medians = memory.medians(PARTS);
    ollama.always({ chunks: ["The end."], everyMs: 0 });
    await atRest(desk);
    const writing = ollama.active() + ollama.queued();
    if (writing > 0) watch.fault(`the host still writes ${writing} answers`);
    await ollama.stop();
    const descriptors = { before, after: await restingDescriptors(parley.pid, before) };
    await lookAt(parley, desk, watch);
    const { statuses, requests } = watch;
    const faults = [...watch.faults, ...desk.played.faults];
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
async function lookAt(parley: RunningParley, desk: Desk, watch: Watch): Promise<void> {
  const faults = desk.withDatabase((db) => faultsIn(db, { atRest: true, imported: true }));
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
  desk: Desk,
  { minutes, seed }: SoakPlan,
  watch: Watch,
): Promise<void> {
  const end = performance.now() + minutes * 60_000;
  const ledger = new Ledger();
  const people = Object.entries(HABITS).flatMap(([name, habit]) =>
    Array.from({ length: habit.people }, async (_, person) => {
      const random = new Random(`${seed} ${name} ${person}`);
      const context: SoakContext = { parley, desk, random, moves: new Moves(desk, ledger, random) };
      while (performance.now() < end) {
        await habit.act(context).catch((error) => watch.fault(`${name}: ${error}`));
        await Bun.sleep(random.between(0, habit.pauseMs));
      }
    }),
  );
  await Promise.all(people);
}
