/** Prints a line. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a program of node_modules on Bun, its output shown; throws if it fails. */
export async function step(command: string[], env: Record<string, string> = {}): Promise<void> {
  const code = await run(command, env);
  if (code !== 0) throw new Error(`${command.join(" ")} failed with code ${code}`);
}

/** Runs a program of node_modules on Bun, its output shown, and gives its exit code. */
export async function run(command: string[], env: Record<string, string> = {}): Promise<number> {
  const child = Bun.spawn([process.execPath, "--bun", "run", ...command], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return child.exited;
}
