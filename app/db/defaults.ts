import { and, asc, eq, ne } from "drizzle-orm";
import type { Steering } from "~/steering";
import type { Drizzle } from "./open";
import { defaults } from "./schema";

/** In the place of a model's name: what the person wants of every model. */
const EVERY_MODEL = "";

/** How a person wants answers written where a conversation says nothing else. */
export function defaultQueries(db: Drizzle) {
  const find = (ownerId: string, model: string) =>
    db
      .select({ steering: defaults.steering })
      .from(defaults)
      .where(and(eq(defaults.ownerId, ownerId), eq(defaults.model, model)))
      .get()?.steering ?? {};

  const keep = (ownerId: string, model: string, steering: Steering) => {
    if (Object.keys(steering).length === 0) {
      db.delete(defaults)
        .where(and(eq(defaults.ownerId, ownerId), eq(defaults.model, model)))
        .run();
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
  };

  return {
    /** What the person wants of every model; empty where nothing is set. */
    async ofPerson(ownerId: string): Promise<Steering> {
      return find(ownerId, EVERY_MODEL);
    },

    /** What the person wants of one model; empty where nothing is set. */
    async ofModel(ownerId: string, model: string): Promise<Steering> {
      return model === EVERY_MODEL ? {} : find(ownerId, model);
    },

    /** Keeps what the person wants of every model, in the place of what was kept; nothing wanted is no row. */
    async setOfPerson(ownerId: string, steering: Steering): Promise<void> {
      keep(ownerId, EVERY_MODEL, steering);
    },

    /** The same for one model. Throws for a model without a name. */
    async setOfModel(ownerId: string, model: string, steering: Steering): Promise<void> {
      if (model === EVERY_MODEL) throw new Error("a model has a name");
      keep(ownerId, model, steering);
    },

    /** What the person wants of each model that has defaults of its own, by name. */
    async ofModels(ownerId: string): Promise<Map<string, Steering>> {
      const rows = db
        .select({ model: defaults.model, steering: defaults.steering })
        .from(defaults)
        .where(and(eq(defaults.ownerId, ownerId), ne(defaults.model, EVERY_MODEL)))
        .orderBy(asc(defaults.model))
        .all();
      return new Map(rows.map(({ model, steering }) => [model, steering]));
    },
  };
}
