import { and, desc, eq } from "drizzle-orm";
import { imports } from "./schema";
import type { Scope } from "./scope";

export type Import = typeof imports.$inferSelect;
export type { Skipped } from "./schema";

/** How an import can end. */
export type ImportEnd = Pick<Import, "endedAt" | "errorCode" | "errorDetail"> & {
  state: "finished" | "failed" | "interrupted";
};

/** How far an import has come. */
export type ImportProgress = Pick<Import, "total" | "done" | "added" | "skipped">;

/** Records an import that begins. */
export async function add(
  { db, ownerId }: Scope,
  begun: Pick<Import, "id" | "fileName" | "createdAt">,
): Promise<void> {
  db.insert(imports)
    .values({ ...begun, ownerId, state: "running" })
    .run();
}

/** The import, or undefined if it is absent or someone else's. */
export async function find({ db, ownerId }: Scope, id: string): Promise<Import | undefined> {
  return db
    .select()
    .from(imports)
    .where(and(eq(imports.ownerId, ownerId), eq(imports.id, id)))
    .get();
}

/** The newest imports, newest first. */
export async function newest({ db, ownerId }: Scope, limit: number): Promise<Import[]> {
  return db
    .select()
    .from(imports)
    .where(eq(imports.ownerId, ownerId))
    .orderBy(desc(imports.id))
    .limit(limit)
    .all();
}

/** Keeps how far an import has come, or its end. */
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
