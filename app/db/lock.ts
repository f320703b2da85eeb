import { Database } from "bun:sqlite";
import { StartError } from "~/errors";

/**
 * Takes a database for this process alone; throws a StartError where another has it. Two servers on one
 * file would each take the other's generations for what a crash left. The lock is SQLite's own on a file
 * beside the database, so it goes with the process, however that ends. Returns what gives it back.
 */
export function lock(databaseFile: string): () => void {
  const holder = new Database(`${databaseFile}.lock`, { create: true });
  try {
    // No journal file beside it: nothing is ever written.
    holder.run("pragma journal_mode = memory");
    holder.run("begin exclusive");
  } catch (error) {
    holder.close();
    throw new StartError(
      `Another Parley already uses ${databaseFile}: open that one, or choose another folder with --data.`,
      { cause: error },
    );
  }
  return () => holder.close();
}
