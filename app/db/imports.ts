import { and, desc, eq, sql } from "drizzle-orm";
import type { Drizzle } from "./open";
import { imports } from "./schema";

export type Import = typeof imports.$inferSelect;
export type { Skipped } from "./schema";

/** How an import can end. */
export type ImportEnd = Pick<Import, "endedAt" | "errorCode" | "errorDetail"> & {
  state: "finished" | "failed" | "interrupted";
};

/** How far an import came. */
export type ImportProgress = Pick<Import, "total" | "done" | "added" | "skipped">;

/** Imports as they go on, and what came of them. */
export function importQueries(db: Drizzle) {
  return {
    /** Writes down an import that begins. */
    async add(begun: Pick<Import, "id" | "ownerId" | "fileName" | "createdAt">): Promise<void> {
      db.insert(imports)
        .values({ ...begun, state: "running" })
        .run();
    },

    /** The owner's import, or undefined. */
    async find(ownerId: string, id: string): Promise<Import | undefined> {
      return db
        .select()
        .from(imports)
        .where(and(eq(imports.ownerId, ownerId), eq(imports.id, id)))
        .get();
    },

    /** The owner's newest imports, newest first. */
    async newest(ownerId: string, limit: number): Promise<Import[]> {
      return db
        .select()
        .from(imports)
        .where(eq(imports.ownerId, ownerId))
        .orderBy(desc(imports.id))
        .limit(limit)
        .all();
    },

    /** Keeps how far an import came, and its end. */
    async note(id: string, progress: Partial<ImportProgress> & Partial<ImportEnd>): Promise<void> {
      db.update(imports).set(progress).where(eq(imports.id, id)).run();
    },

    /** After a crash: what was going on goes on no longer. */
    async interrupt(endedAt: number): Promise<void> {
      db.update(imports)
        .set({ state: "interrupted", endedAt })
        .where(sql`${imports.state} = 'running'`)
        .run();
    },
  };
}
