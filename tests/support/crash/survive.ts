import { join } from "node:path";
import { type ScriptedOllama, startScriptedOllama } from "../../ollama/host";
import { Launcher } from "../process";
import { Random } from "../random";
import { crashAnswer } from "./answers";
import { readKept, readLeft } from "./database";
import { putLoadOn, type Witnessed } from "./load";
import { Trial } from "./trial";

const PARALLEL = 4;
const NOBODY: Witnessed = { acknowledged: [], sightings: [] };

/** How Parley lives, each until it is killed, and for how many milliseconds. */
const LIVES = {
  /** It starts, reads the database, recovers. */
  start: [0, 250],
  /** All kinds of answers begin and end. */
  busy: [20, 500],
  /** Answers go on and none ends, so that only the clock has them recorded. */
  steady: [1_300, 1_800],
} as const;

/**
 * Kills a Parley again and again, at random moments of its life and always on the same database, and looks
 * each time at what it has left and at what the next one makes of it.
 */
export async function surviveKills(kills: number, seed: string): Promise<Trial> {
  await using launcher = new Launcher();
  const ollama = await startScriptedOllama({ slots: 2 * PARALLEL });
  ollama.always(crashAnswer);
  const args = ["--data", launcher.data, "--ollama", ollama.url, "--parallel", `${PARALLEL}`];
  const file = join(launcher.data, "parley.db");
  const trial = new Trial(PARALLEL);
  const random = new Random(seed);

  async function killAtStart(name: string, ms: number): Promise<void> {
    const parley = launcher.spawn(["--port", "0", ...args]);
    await Bun.sleep(ms);
    await parley.end("SIGKILL");
    trial.left(readLeft(file), NOBODY, Date.now(), name);
  }

  async function killUnderLoad(name: string, ms: number, steady: boolean): Promise<void> {
    const parley = await launcher.launch(args);
    await trial.recovered(readKept(file), parley, name);
    const gone = new AbortController();
    const plan = { name, steady, gone: gone.signal };
    const load = putLoadOn(parley, trial.last, plan, new Random(`${seed} ${name}`));
    await Bun.sleep(ms);
    // Any moment may be the last, but most is going on just when an answer ends.
    if (random.chance(0.5)) await untilAnAnswerEnds(ollama);
    await Bun.sleep(random.next() * 4);
    const killedAt = Date.now();
    await parley.end("SIGKILL");
    gone.abort();
    trial.left(readLeft(file), await load, killedAt, name);
  }

  try {
    await (await launcher.launch(args)).end("SIGTERM");
    for (let kill = 1; kill <= kills; kill++) {
      const life = random.pick([
        "start",
        "busy",
        "busy",
        "busy",
        "busy",
        "busy",
        "steady",
      ] as const);
      const [least, most] = LIVES[life];
      const ms = random.between(least, most);
      if (life === "start") await killAtStart(`kill ${kill}`, ms);
      else await killUnderLoad(`kill ${kill}`, ms, life === "steady");
    }
    ollama.always({ chunks: ["The end."], everyMs: 0 });
    const last = await launcher.launch(args);
    await trial.recovered(readKept(file), last, "the last start");
    await trial.drained(() => readKept(file));
    await last.end("SIGTERM");
    return trial;
  } finally {
    await ollama.stop();
  }
}

/** Resolves when the host has sent the last line of an answer, or after a while in which it sends none. */
async function untilAnAnswerEnds(ollama: ScriptedOllama): Promise<void> {
  const patience = Date.now() + 300;
  for (let before = ollama.active(); Date.now() < patience; before = ollama.active()) {
    await Bun.sleep(1);
    if (ollama.active() < before) return;
  }
}

/** Works without a pause, and ends with the process that it was started for. */
const WORK = `const parent = process.ppid;
setInterval(() => {
  const end = Date.now() + 50;
  while (Date.now() < end);
  try { process.kill(parent, 0); } catch { process.exit(); }
}, 0);`;

/** Keeps the machine busy with so many processes until it is disposed of. */
export function keepBusy(processes: number): Disposable {
  const children = Array.from({ length: processes }, () =>
    Bun.spawn([process.execPath, "-e", WORK], { stdio: ["ignore", "ignore", "ignore"] }),
  );
  return {
    [Symbol.dispose]() {
      for (const child of children) child.kill("SIGKILL");
    },
  };
}
