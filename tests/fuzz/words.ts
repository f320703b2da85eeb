import { Database } from "bun:sqlite";
import fc from "fast-check";

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

/** An element and an attribute that no page of ours has: where a parser finds one, text has become markup. */
export const PROBE = "x-probe";

/** Text that becomes markup, script, a header or a path where it is not escaped. */
const ATTACKS = [
  `<${PROBE}>`,
  `"><${PROBE} ${PROBE}="`,
  `'><${PROBE} ${PROBE}='`,
  `" ${PROBE}="1`,
  `</textarea><${PROBE}>`,
  `</title></script></style><${PROBE}>`,
  `--><${PROBE}>`,
  `<img src=x onerror=probe()>`,
  `<script>probe()</script>`,
  "javascript:probe()",
  "[a](javascript:probe()) ![b](https://example.org/x.png)",
  "[a](/settings){hx-get=/settings} <a hx-get=/settings>",
  `\`\`\`"><${PROBE}>\nx\n\`\`\``,
  `$\\href{javascript:probe()}{<${PROBE}>}$`,
  `a\r\n${PROBE}: 1`,
  `%0d%0a${PROBE}:%201`,
  "//example.org/",
  "https://example.org/",
  "\\\\example.org",
  "../../../../etc/passwd",
  "..%2f..%2f%00",
  "/conversations/../settings",
];

/** Numbers, keywords and shapes that code takes for something else. */
const ODDITIES = [
  ..."0 -1 1 1.5 1e309 -1e309 1e-320 NaN 9007199254740993 99999999999999999999 0x10 null undefined".split(
    " ",
  ),
  ..."true __proto__ constructor toString [object %00 %ff %ed%a0%80 % %zz ; ' \" ` { } .. . * + : on off".split(
    " ",
  ),
  "00000000-0000-0000-0000-000000000000",
  "\0",
  "\u202e",
  "e\u0301\u0301",
  "\u{1f469}\u200d\u{1f4bb}",
  "\ufeff",
  "\u2028",
  " ",
  "",
];

/** What costs a careless parser more than its length, with how often it is said. */
const UNITS = [
  "a",
  " ",
  "\n",
  "[a](",
  "$a$ ",
  "`",
  "*a ",
  "> ",
  "- a\n  ",
  "www.a.",
  "\u200d",
  "<b>",
  '"a" ',
  "%41",
];

/** Models of the scripted host, one that cannot chat, and one that is not there. */
const MODELS = ["gemma3:4b", "qwen3:8b", "nomic-embed-text:latest", "tinyowl", "no-such-model"];

const repeated = fc
  .tuple(fc.constantFrom(...UNITS), fc.constantFrom(2, 30, 260, 2_000))
  .map(([unit, times]) => unit.repeat(times));

/** What nobody types by accident. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...ATTACKS) },
  { weight: 4, arbitrary: fc.constantFrom(...ODDITIES) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
  { weight: 1, arbitrary: repeated },
);

/** A word as people type it, or not at all. */
export const word: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.lorem({ maxCount: 6 }) },
  { weight: 2, arbitrary: fc.constantFrom(...MODELS) },
  { weight: 4, arbitrary: hostile },
);

/** A hostile text that is long; one of them is as long as a prompt may be, one is longer. */
export const long: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...UNITS), fc.constantFrom(20_000, 100_000, 1_048_576, 1_048_577))
  .map(([unit, bytes]) => unit.repeat(Math.ceil(bytes / unit.length)).slice(0, bytes));

const TABLES = [
  "conversations",
  "messages",
  "generations",
  "prompts",
  "imports",
  "files",
  "attachments",
];

/** A place that the id of something that is there takes when the request is sent; see `Ids`. */
export function idOf(kind: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(kind, fc.nat(9_999)).map(([table, nth]) => `{${table}#${nth}}`);
}

/** The id of anything. */
export const anyId: fc.Arbitrary<string> = idOf(fc.constantFrom(...TABLES));
