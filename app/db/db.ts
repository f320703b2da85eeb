import * as branches from "./branches";
import * as conversations from "./conversations";
import * as defaults from "./defaults";
import * as files from "./files";
import * as generations from "./generations";
import * as imports from "./imports";
import * as messages from "./messages";
import * as modelCounts from "./model-counts";
import { openFile } from "./open";
import { readerOf } from "./reader";
import * as savedPrompts from "./saved-prompts";
import { type Bound, boundClass, type Query, type Scope } from "./scope";
import * as search from "./search";
import { Storage, type StorageListener } from "./storage";
import * as transfer from "./transfer";
import * as turns from "./turns";
import * as unsentTexts from "./unsent-texts";
import { openUpkeep, type Upkeep } from "./upkeep/upkeep";
import * as waitingPrompts from "./waiting-prompts";

/** These files must export only queries on the rows of one owner. */
const QUERIES = {
  branches,
  conversations,
  defaults,
  files,
  generations,
  imports,
  messages,
  modelCounts,
  savedPrompts,
  search,
  transfer,
  turns,
  unsentTexts,
  waitingPrompts,
} satisfies Record<string, Record<string, Query>>;

type Groups = { readonly [Group in keyof typeof QUERIES]: Bound<(typeof QUERIES)[Group]> };

/** One owner's rows; others are as absent. Queries return promises, as other databases will need them. */
export interface OwnerDb extends Groups {
  readonly ownerId: string;
}

export interface Db {
  of(ownerId: string): OwnerDb;
  /** Queries on the rows of all owners. */
  readonly upkeep: Upkeep;
  /** Rejects with a StorageError if the database cannot be read or written. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Opens and migrates the database, or throws a StartError. `listener` is called when saving fails and works again. */
export async function openDb(
  file: string,
  migrationsFolder: string,
  listener: StorageListener = () => {},
): Promise<Db> {
  const { db, close } = openFile(file, migrationsFolder);
  const reader = readerOf(db);
  const storage = new Storage(db.$client, file, listener);
  const bind = binder(storage);
  return {
    of: (ownerId) => bind({ db, reader, ownerId }),
    upkeep: openUpkeep(db, storage),
    check: () => storage.check(),
    async close() {
      await reader.close();
      close();
    },
  };
}

function binder(storage: Storage): (scope: Scope) => OwnerDb {
  const classes = Object.entries(QUERIES).map(
    ([group, queries]) => [group, boundClass<Record<string, Query>>(queries, storage)] as const,
  );
  return (scope) => {
    const bound: Record<string, unknown> = { ownerId: scope.ownerId };
    for (const [group, Group] of classes) bound[group] = new Group(scope);
    // It has the groups of QUERIES by construction.
    return bound as unknown as OwnerDb;
  };
}
