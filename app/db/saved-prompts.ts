import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { savedPrompts } from "./schema";
import type { Scope } from "./scope";

export type SavedPrompt = typeof savedPrompts.$inferSelect;

export interface ListedPrompt {
  id: string;
  title: string;
  beginning: string;
  goesOn: boolean;
  asks: boolean;
}

/** Longer texts are not searched and count as having placeholders. */
const SEARCHED_BYTES = 16_384;

const { text } = savedPrompts;

/** Up to `limit` prompts by title, after the one with the id `after`. */
export async function list(
  { db, ownerId }: Scope,
  { limit, characters, after }: { limit: number; characters: number; after?: string },
): Promise<ListedPrompt[]> {
  const behind = sql`(saved_prompts.title, saved_prompts.id) > (
    select p.title, p.id from saved_prompts p where p.id = ${after} and p.owner_id = ${ownerId})`;
  return db
    .select({
      id: savedPrompts.id,
      title: savedPrompts.title,
      beginning: sql<string>`substr(${text}, 1, ${characters})`,
      // SQLite knows the length in bytes without reading the text.
      goesOn: sql`octet_length(${text}) > octet_length(substr(${text}, 1, ${characters}))`.mapWith(
        Boolean,
      ),
      asks: sql`octet_length(${text}) > ${SEARCHED_BYTES} or ${text} glob '*{{[^{}]*}}*'`.mapWith(
        Boolean,
      ),
    })
    .from(savedPrompts)
    .where(and(eq(savedPrompts.ownerId, ownerId), after === undefined ? undefined : behind))
    .orderBy(asc(savedPrompts.title), asc(savedPrompts.id))
    .limit(limit)
    .all();
}

export async function find(scope: Scope, id: string): Promise<SavedPrompt | undefined> {
  return scope.db.select().from(savedPrompts).where(own(scope, id)).get();
}

export async function add(
  { db, ownerId }: Scope,
  prompt: Pick<SavedPrompt, "id" | "title" | "text">,
): Promise<void> {
  const now = Date.now();
  db.insert(savedPrompts)
    .values({ ...prompt, ownerId, createdAt: now, updatedAt: now })
    .run();
}

export async function change(
  scope: Scope,
  id: string,
  prompt: Pick<SavedPrompt, "title" | "text">,
): Promise<void> {
  scope.db
    .update(savedPrompts)
    .set({ ...prompt, updatedAt: Date.now() })
    .where(own(scope, id))
    .run();
}

export async function remove(scope: Scope, id: string): Promise<void> {
  scope.db.delete(savedPrompts).where(own(scope, id)).run();
}

function own({ ownerId }: Scope, id: string): SQL | undefined {
  return and(eq(savedPrompts.ownerId, ownerId), eq(savedPrompts.id, id));
}
