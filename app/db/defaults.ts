import { and, asc, eq, ne } from "drizzle-orm";
import type { Steering } from "~/steering";
import type { Drizzle } from "./open";
import { defaults } from "./schema";

/** In the place of a model's name: what the person wants of every model. */
const EVERY_MODEL = "";

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

    async setOfPerson(ownerId: string, steering: Steering): Promise<void> {
      keep(ownerId, EVERY_MODEL, steering);
    },

    /** Throws for a model without a name. */
    async setOfModel(ownerId: string, model: string, steering: Steering): Promise<void> {
      if (model === EVERY_MODEL) throw new Error("a model has a name");
      keep(ownerId, model, steering);
    },

    /** The models that have defaults of their own, by name. */
    async models(ownerId: string): Promise<string[]> {
      return db
        .select({ model: defaults.model })
        .from(defaults)
        .where(and(eq(defaults.ownerId, ownerId), ne(defaults.model, EVERY_MODEL)))
        .orderBy(asc(defaults.model))
        .all()
        .map(({ model }) => model);
    },
  };
}
