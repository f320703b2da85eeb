import { Database } from "bun:sqlite";
import { StartError } from "~/errors";

/** The file beside a database whose lock says that the database is in use. */
export function lockFile(databaseFile: string): string {
  return `${databaseFile}.lock`;
}

/**
 * Takes a database for this process alone; throws a StartError where another has it. Two servers on one
 * file would each take the other's generations for what a crash left. The lock is SQLite's own on a file
 * beside the database, so it goes with the process, however that ends. Returns what gives it back.
 */
export function lock(databaseFile: string): () => void {
  const file = lockFile(databaseFile);
  let holder: Database | undefined;
  try {
    holder = new Database(file, { create: true });
    // No journal file beside it: nothing is ever written.
    holder.run("pragma journal_mode = memory");
    holder.run("begin exclusive");
  } catch (error) {
    holder?.close();
    throw new StartError(
      (error as { code?: unknown }).code === "SQLITE_BUSY"
        ? `Another Parley already uses ${databaseFile}: open that one, or choose another folder with --data.`
        : `The file ${file} cannot be locked (${error instanceof Error ? error.message : error}): choose another folder with --data.`,
      { cause: error },
    );
  }
  return () => holder.close();
}
