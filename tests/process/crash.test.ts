import { beforeAll, expect, test } from "vitest";
import { say } from "../../scripts/say";
import { keepBusy, surviveKills } from "../support/crash/survive";
import { PROMISES, type Trial } from "../support/crash/trial";
import { Launcher } from "../support/process";
import { Random } from "../support/random";

/**
 * `KILLS=1000 SEED=… bunx --bun vitest run tests/process/crash` kills more often, or much as before; `BUSY` says how
 * many other processes keep the machine busy meanwhile.
 */
const KILLS = Number(process.env.KILLS ?? 60);
const BUSY = Number(process.env.BUSY ?? 3);
const SEED = process.env.SEED ?? String(Date.now());

let trial: Trial;

beforeAll(
  async () => {
    say(`${KILLS} kills with SEED=${SEED} beside ${BUSY} busy processes`);
    using _ = keepBusy(BUSY);
    trial = await surviveKills(KILLS, SEED);
    const counts = Object.entries(trial.counts).map(([what, count]) => `${count} ${what}`);
    say(`${counts.join(", ")}; at most ${trial.lost} letters lost`);
  },
  90_000 + KILLS * 10_000,
);

test.each(PROMISES)("whenever Parley is killed, %s", (promise) => {
  expect(trial.broken.of(promise), `with SEED=${SEED}`).toEqual([]);
});

test.runIf(KILLS >= 50)("there was enough to look at", () => {
  for (const [what, count] of Object.entries(trial.counts)) expect(count, what).toBeGreaterThan(10);
});

test("a first start that is killed at any moment leaves nothing that hinders the next", async () => {
  const random = new Random(SEED);
  await using launcher = new Launcher();
  for (let start = 1; start <= 10; start++) {
    const data = launcher.path(`data-${start}`);
    const first = launcher.spawn(["--port", "0", "--data", data]);
    await Bun.sleep(random.next() * 200);
    await first.end("SIGKILL");
    const second = await launcher.launch(["--data", data]);
    expect((await second.fetch("/healthz")).status, `start ${start} with SEED=${SEED}`).toBe(200);
    expect((await second.end("SIGTERM")).code).toBe(0);
  }
});
