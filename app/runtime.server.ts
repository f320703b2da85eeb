/** How many connections Bun's fetch may have open, read once as Bun starts; 256 without it. */
const CONNECTIONS = "BUN_CONFIG_MAX_HTTP_REQUESTS";
const USUAL_CONNECTIONS = 256;
/** Beside one for each answer: lists of models, what is in memory, a title. */
const OTHER_CONNECTIONS = 16;

/**
 * How much memory the collector believes the machine has, in bytes. On a large machine it lets garbage stand, which
 * with many answers at a time is most of what they cost: about 350 KiB each, and 130 KiB with this.
 */
const MEMORY = "BUN_JSC_forceRAMSize";
const MEMORY_BYTES = 128 * 1024 * 1024;
const MANY_ANSWERS = 64;

/** Not documented: another Bun may not know it and end at once. The test tells whether it works. */
const TESTED_BUN = "1.4.4";

/**
 * Makes Bun ready for so many answers at a time. What it needs can only be set from outside, so the program is
 * started anew in the same process, with the same arguments; this does not return then. Windows has no such
 * start: there the variables have to be set from outside. Call it before anything is open.
 */
export function restartForMany(parallel: number): void {
  const env = environmentFor(parallel, process.env);
  if (env && process.platform !== "win32") {
    // Remix's types claim that every environment has a NODE_ENV.
    process.execve?.(process.execPath, commandLine(process), env as NodeJS.ProcessEnv);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment for so many answers at a time; undefined if the given one will do. What is set in it stays. */
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

/** What this process was started with. In an executable the script is inside, and no argument. */
export function commandLine(own: Pick<NodeJS.Process, "argv" | "argv0" | "execArgv">): string[] {
  const [, script = "", ...rest] = own.argv;
  const embedded = script.startsWith("/$bunfs/");
  return [own.argv0, ...own.execArgv, ...(embedded ? [] : [script]), ...rest];
}
