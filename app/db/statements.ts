import type { Database, Statement } from "bun:sqlite";

/** More than the queries that there are; lists of ids make some of them differ in length. */
const MOST_KEPT = 200;

/**
 * Lets a database keep its statements. Drizzle prepares a query each time that it runs, which takes longer
 * than most queries do and holds SQLite's memory until the garbage collector comes by. Returns what gives
 * the statements up, before the database is closed.
 */
export function keepStatements(database: Database): () => void {
  const kept = new Map<string, Statement>();
  const prepare: (sql: string) => Statement = database.prepare.bind(database);
  const prepareOnce = (sql: string) => {
    const known = kept.get(sql);
    if (known) return known;
    const statement = prepare(sql);
    if (kept.size < MOST_KEPT) kept.set(sql, statement);
    return statement;
  };
  database.prepare = prepareOnce as Database["prepare"];
  return () => {
    for (const statement of kept.values()) statement.finalize();
    kept.clear();
  };
}
