/**
 * `bun run dev`: builds, serves with the page of patterns, and restarts when a file of the app or a
 * migration changes. The database is the usual one unless --data names another.
 */
import { watch } from "node:fs";
import { buildApp } from "./build";
import { say } from "./say";

const QUIET_MS = 150;

let server: Bun.Subprocess | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let building: Promise<void> = Promise.resolve();

async function restart(): Promise<void> {
  const built = await buildApp().then(
    () => true,
    (error) => {
      say(String(error));
      return false;
    },
  );
  if (!built) return;
  server?.kill();
  await server?.exited;
  server = Bun.spawn([process.execPath, "build/parley.js", ...process.argv.slice(2)], {
    env: { ...process.env, PARLEY_PATTERNS: "1" },
    stdio: ["ignore", "inherit", "inherit"],
  });
}

function changed(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    building = building.then(restart);
  }, QUIET_MS);
}

for (const folder of ["app", "drizzle", "public"]) {
  watch(folder, { recursive: true }, (_event, name) => {
    if (!name?.startsWith("build")) changed();
  });
}
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    server?.kill();
    process.exit(0);
  });
}
await restart();
