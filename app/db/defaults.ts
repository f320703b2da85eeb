import { and, asc, eq, ne, type SQL } from "drizzle-orm";
import type { Steering } from "~/steering/steering";
import { defaults } from "./schema";
import type { Scope } from "./scope";

const EVERY_MODEL = "";

export async function ofPerson(scope: Scope): Promise<Steering> {
  return read(scope, EVERY_MODEL);
}

export async function ofModel(scope: Scope, model: string): Promise<Steering> {
  return model === EVERY_MODEL ? {} : read(scope, model);
}

export async function setOfPerson(scope: Scope, steering: Steering): Promise<void> {
  write(scope, EVERY_MODEL, steering);
}

/** Throws if the name is empty. */
export async function setOfModel(scope: Scope, model: string, steering: Steering): Promise<void> {
  if (model === EVERY_MODEL) throw new Error("a model has a name");
  write(scope, model, steering);
}

export async function ofModels({ db, ownerId }: Scope): Promise<Map<string, Steering>> {
  const rows = db
    .select({ model: defaults.model, steering: defaults.steering })
    .from(defaults)
    .where(and(eq(defaults.ownerId, ownerId), ne(defaults.model, EVERY_MODEL)))
    .orderBy(asc(defaults.model))
    .all();
  return new Map(rows.map(({ model, steering }) => [model, steering]));
}

function read(scope: Scope, model: string): Steering {
  const row = scope.db
    .select({ steering: defaults.steering })
    .from(defaults)
    .where(of(scope, model))
    .get();
  return row?.steering ?? {};
}

function write(scope: Scope, model: string, steering: Steering): void {
  const { db, ownerId } = scope;
  if (Object.keys(steering).length === 0) {
    db.delete(defaults).where(of(scope, model)).run();
    return;
  }
  const updatedAt = Date.now();
  db.insert(defaults)
    .values({ ownerId, model, steering, updatedAt })
    .onConflictDoUpdate({
      target: [defaults.ownerId, defaults.model],
      set: { steering, updatedAt },
    })
    .run();
}

function of({ ownerId }: Scope, model: string): SQL | undefined {
  return and(eq(defaults.ownerId, ownerId), eq(defaults.model, model));
}
