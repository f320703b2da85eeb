import { Database, SQLiteError, type Statement } from "bun:sqlite";
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type BunSQLiteDatabase, drizzle } from "drizzle-orm/bun-sqlite";
import { migrate } from "drizzle-orm/bun-sqlite/migrator";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import { StartError, StorageError } from "~/errors";
import * as schema from "./schema";
import { storageFault } from "./storage";

export type Drizzle = BunSQLiteDatabase<typeof schema> & { $client: Database };

export type Transaction = BaseSQLiteDatabase<"sync", void, typeof schema>;

export interface OpenFile {
  db: Drizzle;
  close(): void;
}

/** Whether a guarded update found its row, by what it returned. */
export function changed(rows: readonly unknown[]): boolean {
  return rows.length > 0;
}

/** Opens or creates the database and migrates it, with a copy aside. Throws a StartError before any change. */
export function openFile(file: string, migrationsFolder: string): OpenFile {
  const migrations = readMigrationFiles({ migrationsFolder });
  makeFolder(file);
  const real = targetOf(file);
  refuseReadOnly(real);
  const unlock = lock(real);
  let client: Database | undefined;
  let freeStatements = () => {};
  const close = () => {
    freeStatements();
    client?.close();
    unlock();
  };
  try {
    client = new Database(file, { create: true });
    const applied = appliedMigrations(client, file);
    refuseNewer(applied, migrations, file);
    setPragmas(client);
    const db = drizzle(client, { schema });
    const change = () => migrate(db, { migrationsFolder });
    if (applied.length === 0 || applied.length === migrations.length) change();
    else withCopyAside(client, file, applied.length, change);
    wipeOnce(client, applied.length === 0);
    // From here on, no query may block the process to wait for a lock.
    client.run("pragma busy_timeout = 0");
    freeStatements = cacheStatements(client);
    return { db, close };
  } catch (error) {
    close();
    if (error instanceof StartError) throw error;
    throw new StartError(`The database ${file} cannot be opened: ${sentence(error)}.`, {
      cause: error,
    });
  }
}

/** Resolves links, since two names of one database must have one lock. */
function targetOf(file: string): string {
  if (existsSync(file)) return realpathSync(file);
  // A link may lead to a file that does not exist yet.
  const link = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink();
  if (link) return targetOf(resolve(dirname(file), readlinkSync(file)));
  const folder = dirname(file);
  return existsSync(folder) ? join(realpathSync(folder), basename(file)) : file;
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

/** SQLite opens a read-only file without an error, and fails at the first write. */
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
    if (storageFault(error)) throw error;
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
    // FAST would leave deleted text in free pages.
    "secure_delete = ON",
  ]) {
    client.run(`pragma ${pragma}`);
  }
}

/** Copies the database with `VACUUM INTO`, which is consistent while it is open; deletes the copy if the change fails. */
function withCopyAside(client: Database, file: string, version: number, change: () => void): void {
  const name = `${basename(file).replace(/\.db$/, "")}-before-migration-${version}`;
  let copy = join(dirname(file), `${name}.db`);
  for (let n = 2; existsSync(copy); n++) copy = join(dirname(file), `${name}-${n}.db`);
  // An interrupted copy must not look complete.
  const unfinished = `${copy}.part`;
  try {
    rmSync(unfinished, { force: true });
    client.query("vacuum into ?").run(unfinished);
    renameSync(unfinished, copy);
    change();
  } catch (error) {
    for (const left of [unfinished, `${unfinished}-journal`, copy]) rmSync(left, { force: true });
    throw error;
  }
}

/** Early versions left deleted text in free pages, so the file is rewritten once. Retried at the next start. */
function wipeOnce(client: Database, isNew: boolean): void {
  const name = "secure delete";
  if (client.query("select 1 from upkeep where name = ?").get(name)) return;
  try {
    if (!isNew) client.run("vacuum");
    client.query("insert into upkeep (name) values (?)").run(name);
    // Otherwise the file keeps the old pages for now.
    if (!isNew) client.run("pragma wal_checkpoint(truncate)");
  } catch (error) {
    if (isNew || !storageFault(error)) throw error;
  }
}

function sentence(error: unknown): string {
  const fault = storageFault(error);
  // SQLite's own message says more about a file that cannot be opened.
  if (fault && fault !== "disk-failing") return new StorageError(fault).reason;
  let first = error;
  while (first instanceof Error && first.cause) first = first.cause;
  return first instanceof Error ? first.message : String(first);
}

function lockFile(databaseFile: string): string {
  return `${databaseFile}.lock`;
}

/** Locks a file beside the database until release or exit; throws a StartError if it is locked. */
function lock(databaseFile: string): () => void {
  const file = lockFile(databaseFile);
  let holder: Database | undefined;
  try {
    holder = new Database(file, { create: true });
    // No journal file, since nothing is ever written.
    holder.run("pragma journal_mode = memory");
    holder.run("begin exclusive");
  } catch (error) {
    holder?.close();
    throw new StartError(
      error instanceof SQLiteError && error.code === "SQLITE_BUSY"
        ? `Another Parley already uses ${databaseFile}: open that one, or choose another folder with --data.`
        : `The file ${file} cannot be locked (${error instanceof Error ? error.message : error}): choose another folder with --data.`,
      { cause: error },
    );
  }
  return () => holder.close();
}

const MOST_STATEMENTS = 200;

/** Caches prepared statements, since preparing is slow. Call the returned function before closing the database. */
export function cacheStatements(database: Database): () => void {
  const cached = new Map<string, Statement>();
  const prepare: (sql: string) => Statement = database.prepare.bind(database);
  const prepareOnce = (sql: string) => {
    const known = cached.get(sql);
    if (known) return known;
    const statement = prepare(sql);
    if (cached.size < MOST_STATEMENTS) cached.set(sql, statement);
    return statement;
  };
  // The type parameters of `prepare` are those of the statement, which callers choose.
  database.prepare = prepareOnce as Database["prepare"];
  return () => {
    for (const statement of cached.values()) statement.finalize();
    cached.clear();
  };
}
