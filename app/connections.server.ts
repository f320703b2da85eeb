/** Bun reads from here, once and as it starts, how many connections its fetch may have open; 256 without it. */
const VARIABLE = "BUN_CONFIG_MAX_HTTP_REQUESTS";
const BUNS_OWN = 256;

/** Beside one for each answer: lists of models, what is in memory, a title. */
const OTHERS = 16;

/**
 * Makes sure that so many generations can have their connections: past Bun's limit further ones would wait
 * in silence. The limit cannot be changed from within, so where it is too low the program is started anew in
 * the same process, with the same arguments; this does not return then. Windows has no such start: there the
 * variable has to be set from outside. Call it before anything is open.
 */
export function allowConnections(parallel: number): void {
  const wanted = connectionsFor(parallel);
  if (wanted <= BUNS_OWN || process.env[VARIABLE] || process.platform === "win32") return;
  const env = { ...process.env, [VARIABLE]: String(wanted) };
  process.execve?.(process.execPath, commandLine(process), env);
}

/** How many connections so many generations at a time can need. */
export function connectionsFor(parallel: number): number {
  return parallel + OTHERS;
}

/** What this process was started with. In an executable the script is inside, and no argument. */
export function commandLine(own: Pick<NodeJS.Process, "argv" | "argv0" | "execArgv">): string[] {
  const [, script = "", ...rest] = own.argv;
  const embedded = script.startsWith("/$bunfs/");
  return [own.argv0, ...own.execArgv, ...(embedded ? [] : [script]), ...rest];
}
