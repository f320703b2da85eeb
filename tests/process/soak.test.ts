import { beforeAll, expect, test } from "vitest";
import { say } from "../../scripts/say";
import { MIB } from "../bench/process";
import { type Soaked, soak } from "../soak/soak";

/** `MINUTES=30 SEED=… bunx --bun vitest run tests/process/soak` goes on for longer, or does much the same. */
const MINUTES = Number(process.env.MINUTES ?? 1);
const SEED = process.env.SEED ?? String(Date.now());

/**
 * More than a collector leaves lying about, less than what a leak makes of as many requests. In its first
 * minutes a process still grows to the size that it then keeps.
 */
const GROWTH_BYTES = (MINUTES < 4 ? 128 : 48) * MIB;

let soaked: Soaked;

beforeAll(
  async () => {
    soaked = await soak({ minutes: MINUTES, seed: SEED });
    const mib = soaked.memory.map((bytes) => Math.round(bytes / MIB));
    say(`SEED=${SEED}: ${soaked.requests} requests, memory ${mib.join(", ")} MiB`);
  },
  120_000 + MINUTES * 60_000,
);

test("whatever people do at once, no request fails, and what is kept is whole", () => {
  expect(soaked.faults, `SEED=${SEED}`).toEqual([]);
  expect(soaked.requests).toBeGreaterThan(MINUTES * 500);
});

test("memory is as it was after the first while", () => {
  const [first = Number.NaN] = soaked.memory;
  expect((soaked.memory.at(-1) ?? Number.NaN) - first, `SEED=${SEED}`).toBeLessThan(GROWTH_BYTES);
});

test("nothing is left open when everybody has gone", () => {
  const { before, after } = soaked.descriptors;
  expect(after, `SEED=${SEED}`).toBeLessThanOrEqual(before);
});
