import { expect, test } from "vitest";
import { say } from "../../scripts/say";
import { play } from "../support/engine/play";

/** `GAMES=200 STEPS=120 SEED=… bunx --bun vitest run tests/process/engine` plays more, or much as before. */
const GAMES = Number(process.env.GAMES ?? 2);
const STEPS = Number(process.env.STEPS ?? 80);
const SEED = process.env.SEED ?? String(Date.now());

const KINDS = [
  "start",
  "send",
  "edit",
  "edit at once",
  "regenerate",
  "choose",
  "stop",
  "stop at",
].concat(["continue", "delete", "delete conversation", "restore", "rename", "import", "withdraw"]);

test(
  "whatever is done, in whatever order, the tree stays a tree and nothing that was taken is lost",
  async () => {
    const taken = new Map<string, number>();
    for (let game = 1; game <= GAMES; game++) {
      const seed = GAMES === 1 ? SEED : `${SEED}-${game}`;
      const played = await play(seed, STEPS);
      for (const [kind, count] of played.taken) taken.set(kind, (taken.get(kind) ?? 0) + count);
      expect(played.faults, `SEED=${seed} GAMES=1: ${played.steps.slice(-40).join("\n")}`).toEqual(
        [],
      );
    }
    say(`SEED=${SEED}: ${[...taken].map(([kind, count]) => `${count} ${kind}`).join(", ")}`);
    if (GAMES * STEPS >= 240) expect([...taken.keys()]).toEqual(expect.arrayContaining(KINDS));
  },
  30_000 + GAMES * STEPS * 500,
);
