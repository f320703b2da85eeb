/**
 * `bun run soak [--minutes 30] [--seed words]`: people who do everything to dist/parley at once, and what is left
 * of memory, descriptors and answers when they have gone.
 */
import { parseArgs } from "node:util";
import { say } from "../../scripts/say";
import { MIB } from "../bench/process";
import { soak } from "./soak";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    seed: { type: "string", default: String(Date.now()) },
  },
});

say(`--seed ${values.seed}`);
const { faults, statuses, requests, memory, descriptors } = await soak({
  minutes: Number(values.minutes),
  seed: values.seed,
});
const counts = [...statuses]
  .toSorted(([a], [b]) => a - b)
  .map(([status, count]) => `${status}: ${count}`);
say(`${requests} requests: ${counts.join(", ")}`);
say(`memory ${memory.map((bytes) => Math.round(bytes / MIB)).join(", ")} MiB`);
say(`descriptors ${descriptors.before} before, ${descriptors.after} after`);
for (const fault of faults) say(fault);
process.exit(faults.length === 0 ? 0 : 1);
