/** The most connections of Bun's fetch, read once as Bun starts; 256 without it. */
const CONNECTIONS = "BUN_CONFIG_MAX_HTTP_REQUESTS";
const USUAL_CONNECTIONS = 256;
/** For model lists, models in memory and titles. */
const OTHER_CONNECTIONS = 16;

/** Bytes of memory that Bun's collector assumes. With less it collects sooner: 130 KiB per answer instead of 350. */
const MEMORY = "BUN_JSC_forceRAMSize";
const MEMORY_BYTES = 128 * 1024 * 1024;
const MANY_ANSWERS = 64;

/** The variable is undocumented: another Bun may reject it and exit. */
const TESTED_BUN = "1.4.4";

/** Restarts in place (execve, not on Windows) with the environment for many answers; call it before anything is open. */
export function restartForMany(parallel: number): void {
  const env = environmentFor(parallel, process.env);
  if (env && process.platform !== "win32") {
    // Remix's types claim that every environment has a NODE_ENV.
    process.execve?.(process.execPath, commandLine(process), env as NodeJS.ProcessEnv);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment for `parallel` answers; undefined if the current one will do. Variables already set stay. */
export function environmentFor(
  parallel: number,
  env: Environment,
  bun = Bun.version,
): Record<string, string> | undefined {
  const wanted: Record<string, string> = {};
  const connections = parallel + OTHER_CONNECTIONS;
  if (connections > USUAL_CONNECTIONS) wanted[CONNECTIONS] = String(connections);
  if (parallel >= MANY_ANSWERS && bun === TESTED_BUN) wanted[MEMORY] = String(MEMORY_BYTES);
  const isComplete = Object.keys(wanted).every((name) => env[name]);
  return isComplete ? undefined : { ...wanted, ...definedIn(env) };
}

function definedIn(env: Environment): Record<string, string> {
  const entries = Object.entries(env);
  return Object.fromEntries(entries.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** The arguments of this process. In an executable the script is embedded and no argument. */
export function commandLine(own: Pick<NodeJS.Process, "argv" | "argv0" | "execArgv">): string[] {
  const [, script = "", ...rest] = own.argv;
  const embedded = script.startsWith("/$bunfs/");
  return [own.argv0, ...own.execArgv, ...(embedded ? [] : [script]), ...rest];
}
