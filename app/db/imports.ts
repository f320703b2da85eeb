import { and, desc, eq } from "drizzle-orm";
import { imports } from "./schema";
import type { Scope } from "./scope";

export type Import = typeof imports.$inferSelect;
export type { Skipped } from "./schema";

export type ImportEnd = Pick<Import, "endedAt" | "errorCode" | "errorDetail"> & {
  state: "finished" | "failed" | "interrupted";
};

export type ImportProgress = Pick<Import, "total" | "done" | "added" | "skipped">;

export async function add(
  { db, ownerId }: Scope,
  begun: Pick<Import, "id" | "fileName" | "createdAt">,
): Promise<void> {
  db.insert(imports)
    .values({ ...begun, ownerId, state: "running" })
    .run();
}

export async function find({ db, ownerId }: Scope, id: string): Promise<Import | undefined> {
  return db
    .select()
    .from(imports)
    .where(and(eq(imports.ownerId, ownerId), eq(imports.id, id)))
    .get();
}

export async function newest({ db, ownerId }: Scope, limit: number): Promise<Import[]> {
  return db
    .select()
    .from(imports)
    .where(eq(imports.ownerId, ownerId))
    .orderBy(desc(imports.id))
    .limit(limit)
    .all();
}

/** Saves the progress of an import, or its end. */
export async function note(
  { db, ownerId }: Scope,
  id: string,
  progress: Partial<ImportProgress> & Partial<ImportEnd>,
): Promise<void> {
  db.update(imports)
    .set(progress)
    .where(and(eq(imports.ownerId, ownerId), eq(imports.id, id)))
    .run();
}
