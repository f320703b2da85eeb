import { expect, test } from "vitest";
import { MIB } from "../bench/process";
import { fuzz } from "../fuzz/fuzz";

/** `REQUESTS=100000 SEED=… bunx --bun vitest run tests/process/fuzz` sends more, or the same again. */
const REQUESTS = Number(process.env.REQUESTS ?? 5_000);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** What a JavaScript engine keeps of its own after it was busy. */
const KEPT_BYTES = 64 * MIB;

test.each(["", "/chat"])(
  "no request to %j breaks Parley, makes others wait, or is answered in any other way than we say",
  async (base) => {
    const { faults, memory, statuses } = await fuzz({ seed: SEED, requests: REQUESTS / 2, base });
    expect(faults, `SEED=${SEED}: ${faults.join("\n\n")}`).toEqual([]);
    expect(memory.after - memory.before, `SEED=${SEED}`).toBeLessThan(KEPT_BYTES);
    // Requests that are all refused at the door would prove nothing.
    for (const status of [200, 303, 403, 404, 405, 422]) {
      expect(statuses.get(status) ?? 0, `status ${status}`).toBeGreaterThan(REQUESTS / 200);
    }
  },
  60_000 + REQUESTS * 60,
);
