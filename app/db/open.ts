import { Database } from "bun:sqlite";
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type BunSQLiteDatabase, drizzle } from "drizzle-orm/bun-sqlite";
import { migrate } from "drizzle-orm/bun-sqlite/migrator";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import { StartError } from "~/errors";
import { lock, lockFile } from "./lock";
import * as schema from "./schema";
import { keepStatements } from "./statements";

export type Drizzle = BunSQLiteDatabase<typeof schema> & { $client: Database };

/** The database, or a transaction of it. */
export type Transaction = BaseSQLiteDatabase<"sync", void, typeof schema>;

export interface OpenFile {
  db: Drizzle;
  close(): void;
}

/**
 * Opens the database file, made if missing, and brings it to the newest schema. Before an existing
 * database is changed a copy is put beside it. Throws a StartError, and changes nothing, where the
 * folder or the file cannot be written, the file is no database, or it was written by a newer Parley.
 */
export function openFile(file: string, migrationsFolder: string): OpenFile {
  const migrations = readMigrationFiles({ migrationsFolder });
  makeFolder(file);
  refuseReadOnly(file);
  const unlock = lock(file);
  let client: Database | undefined;
  let giveUpStatements = () => {};
  const close = () => {
    giveUpStatements();
    client?.close();
    unlock();
  };
  try {
    client = new Database(file, { create: true });
    const applied = appliedMigrations(client, file);
    refuseNewer(applied, migrations, file);
    setPragmas(client);
    if (applied.length > 0 && applied.length < migrations.length) {
      putCopyAside(client, file, applied.length);
    }
    const db = drizzle(client, { schema });
    migrate(db, { migrationsFolder });
    giveUpStatements = keepStatements(client);
    return { db, close };
  } catch (error) {
    close();
    if (error instanceof StartError) throw error;
    throw new StartError(`The database ${file} cannot be opened: ${sentence(error)}.`, {
      cause: error,
    });
  }
}

function makeFolder(file: string) {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new StartError(
      `The folder ${folder} cannot be written (${sentence(error)}): choose another with --data.`,
      { cause: error },
    );
  }
}

/** SQLite opens a file that may only be read without a word, and fails with the first prompt. */
function refuseReadOnly(file: string) {
  for (const path of [file, lockFile(file)].filter(existsSync)) {
    try {
      accessSync(path, constants.W_OK);
    } catch (error) {
      throw new StartError(
        `The file ${path} cannot be written (${sentence(error)}): let the user of this process write it, or choose another folder with --data.`,
        { cause: error },
      );
    }
  }
}

/** The times of the migrations that this file has seen; empty for a new file. Reads only. */
function appliedMigrations(client: Database, file: string): number[] {
  try {
    const known = client
      .query("select 1 from sqlite_master where type = 'table' and name = '__drizzle_migrations'")
      .get();
    if (!known) return [];
    return client
      .query<{ created_at: number }, []>(
        "select created_at from __drizzle_migrations order by created_at",
      )
      .all()
      .map((row) => Number(row.created_at));
  } catch (error) {
    throw new StartError(`${file} is not a database that Parley can read: ${sentence(error)}.`, {
      cause: error,
    });
  }
}

function refuseNewer(applied: number[], migrations: MigrationMeta[], file: string) {
  const newest = migrations.at(-1)?.folderMillis ?? 0;
  if ((applied.at(-1) ?? 0) <= newest) return;
  throw new StartError(
    `The database ${file} was written by a newer Parley: start that one, or choose another folder with --data.`,
  );
}

function setPragmas(client: Database) {
  // busy_timeout first: it is 0 by default, and switching to WAL already needs the lock.
  for (const pragma of [
    "busy_timeout = 5000",
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
  ]) {
    client.run(`pragma ${pragma}`);
  }
}

/** `VACUUM INTO` copies a consistent state while the database is open. */
function putCopyAside(client: Database, file: string, version: number) {
  const name = `${basename(file).replace(/\.db$/, "")}-before-migration-${version}`;
  let copy = join(dirname(file), `${name}.db`);
  for (let n = 2; existsSync(copy); n++) copy = join(dirname(file), `${name}-${n}.db`);
  client.query("vacuum into ?").run(copy);
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
