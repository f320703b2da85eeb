/**
 * `bun run fuzz [--requests 100000] [--seed n]`: sends requests that nobody would send to dist/parley, half of
 * them below a base path, and looks at everything that comes back. What was wrong comes with the smallest
 * requests that show it.
 */
import { parseArgs } from "node:util";
import { say } from "../../scripts/say";
import { MIB } from "../bench/process";
import { type Fuzzed, fuzz } from "./fuzz";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "100000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});

function report(base: string, { requests, statuses, stallMs, memory }: Fuzzed): void {
  const counts = [...statuses]
    .toSorted(([a], [b]) => a - b)
    .map(([status, count]) => `${status || "none"}: ${count}`);
  say(`${requests} requests to ${base || "/"}: ${counts.join(", ")}`);
  const [before, after] = [memory.before, memory.after].map((bytes) => Math.round(bytes / MIB));
  say(
    `longest stall ${Math.round(stallMs)} ms; ${before} MiB after the first round, ${after} MiB at the end`,
  );
}

const seed = Number(values.seed);
say(`--seed ${seed}`);
let faults = 0;
for (const base of ["", "/chat"]) {
  const fuzzed = await fuzz({ seed, requests: Number(values.requests) / 2, base });
  report(base, fuzzed);
  for (const fault of fuzzed.faults) say(`\n${fault}`);
  faults += fuzzed.faults.length;
}
process.exit(faults === 0 ? 0 : 1);
