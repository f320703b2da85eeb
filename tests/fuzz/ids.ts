import { Database } from "bun:sqlite";

/** How many of each table are known: enough to meet old and new ones. */
const MOST = 2_000;

/** The ids of all that is in a database, by table. */
export class Ids {
  readonly #file: string;
  #byTable = new Map<string, string[]>();

  constructor(file: string) {
    this.#file = file;
    this.refresh();
  }

  /** Looks again at what there is. */
  refresh(): void {
    const db = new Database(this.#file, { readonly: true });
    try {
      const columns = db
        .query<{ table: string; column: string }, []>(
          `select t.name as "table", c.name as "column" from pragma_table_list t, pragma_table_info(t.name) c
           where t.type = 'table' and c.name in ('id', 'hash') and c.type = 'TEXT'`,
        )
        .all();
      this.#byTable = new Map(
        columns.map(({ table, column }) => [
          table,
          db
            .query<{ id: string }, []>(
              `select "${column}" as id from "${table}" order by rowid desc limit ${MOST}`,
            )
            .all()
            .map(({ id }) => id),
        ]),
      );
    } finally {
      db.close();
    }
  }

  /**
   * An id of the table whose name ends like `kind`, the last word of which counts; an id of anything where
   * there is no such table, or nothing in it.
   */
  find(kind: string, nth: number): string {
    const ending = kind.split(/[-_]/).at(-1) ?? "";
    const lists = [...this.#byTable]
      .filter(([table]) => table.endsWith(ending))
      .map(([, ids]) => ids);
    const ids = lists.some((list) => list.length > 0)
      ? lists.flat()
      : [...this.#byTable.values()].flat();
    return ids[nth % ids.length] ?? "none";
  }

  /** The text with an id in each place that names one. */
  fill(text: string): string {
    return text.replace(/\{([\w-]+)#(\d+)\}/g, (_, kind, nth) => this.find(kind, Number(nth)));
  }
}
