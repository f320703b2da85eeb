import type { Drizzle } from "../open";
import type { Storage } from "../storage";
import * as deletion from "./deletion";
import * as generations from "./generations";
import * as recovery from "./recovery";
import { Remains } from "./remains";
import * as search from "./search";

/** Queries on the rows of all owners; not for requests. */
const QUERIES = { deletion, generations, recovery, search };

type Unbound = (db: Drizzle, ...args: never[]) => Promise<unknown>;

type Bound<Q> = {
  readonly [Name in keyof Q]: Q[Name] extends (db: Drizzle, ...args: infer Args) => infer Result
    ? (...args: Args) => Result
    : never;
};

type Groups = { readonly [Group in keyof typeof QUERIES]: Bound<(typeof QUERIES)[Group]> };

export interface Upkeep extends Groups {
  readonly remains: Pick<Remains, "wipeStep" | "rewrite" | "emptyLog">;
}

export function openUpkeep(db: Drizzle, storage: Storage): Upkeep {
  const remains = new Remains(db.$client, storage);
  const bind = (queries: Record<string, Unbound>) =>
    Object.fromEntries(
      Object.entries(queries).map(([name, query]) => [
        name,
        (...args: never[]) => storage.run(() => query(db, ...args)),
      ]),
    );
  const groups = Object.entries(QUERIES).map(([group, queries]) => [group, bind(queries)]);
  return {
    // It has the groups of QUERIES by construction.
    ...(Object.fromEntries(groups) as Groups),
    remains: {
      wipeStep: () => storage.run(() => remains.wipeStep()),
      rewrite: () => storage.run(() => remains.rewrite()),
      emptyLog: () => storage.run(() => remains.emptyLog()),
    },
  };
}
