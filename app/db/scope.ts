import type { Transaction } from "./open";
import type { Reader } from "./reader";
import type { Storage } from "./storage";

export interface Scope {
  readonly ownerId: string;
  readonly db: Transaction;
  /** For long reads; it sees what is committed. */
  readonly reader: Reader;
}

export type Query = (scope: Scope, ...args: never[]) => Promise<unknown>;

type Queries = Record<string, Query>;

export type Bound<Q> = {
  readonly [Name in keyof Q]: Q[Name] extends (scope: Scope, ...args: infer Args) => infer Result
    ? (...args: Args) => Result
    : never;
};

/** Runs statements in one transaction; `act` must be synchronous, or nothing would be rolled back. */
export function inTransaction<T>(scope: Scope, act: (scope: Scope) => T): T {
  return scope.db.transaction((tx) => act({ ...scope, db: tx }));
}

/** A class with queries as methods, so that an owner costs one small object. */
export function boundClass<Q extends Queries>(
  queries: Q,
  storage: Storage,
): new (
  scope: Scope,
) => Bound<Q> {
  class Group {
    readonly scope: Scope;
    constructor(scope: Scope) {
      this.scope = scope;
    }
  }
  for (const [name, query] of Object.entries(queries)) {
    Object.defineProperty(Group.prototype, name, {
      value(this: Group, ...args: never[]) {
        return storage.run(() => query(this.scope, ...args));
      },
    });
  }
  // Its methods are defined by name, which the compiler cannot follow.
  return Group as unknown as new (
    scope: Scope,
  ) => Bound<Q>;
}
