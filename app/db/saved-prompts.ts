import { and, asc, eq, sql } from "drizzle-orm";
import type { Drizzle } from "./open";
import { savedPrompts } from "./schema";

export type SavedPrompt = typeof savedPrompts.$inferSelect;

/** A saved prompt as a list shows it: the whole text may be long, and a list has many. */
export interface ListedPrompt {
  id: string;
  title: string;
  beginning: string;
  /** Whether the text goes on behind its beginning. */
  goesOn: boolean;
  /** Whether the text may have places to fill in; see conversations/placeholders.ts. */
  asks: boolean;
}

/** Longer texts are said to ask, so that a list does not look through all of them. */
const LOOKED_INTO_BYTES = 16_384;

const { text } = savedPrompts;

/** The library of prompts to start from. */
export function savedPromptQueries(db: Drizzle) {
  const own = (ownerId: string, id: string) =>
    and(eq(savedPrompts.ownerId, ownerId), eq(savedPrompts.id, id));

  return {
    /**
     * Up to `limit` prompts by title, behind the one with the id `after` where it is given, with so many
     * characters of their texts.
     */
    async list(
      ownerId: string,
      {
        limit,
        characters,
        after,
      }: { limit: number; characters: number; after?: string | undefined },
    ): Promise<ListedPrompt[]> {
      const behind = sql`(saved_prompts.title, saved_prompts.id) > (
        select p.title, p.id from saved_prompts p where p.id = ${after} and p.owner_id = ${ownerId})`;
      return db
        .select({
          id: savedPrompts.id,
          title: savedPrompts.title,
          beginning: sql<string>`substr(${text}, 1, ${characters})`,
          // Bytes are known without reading the text.
          goesOn:
            sql`octet_length(${text}) > octet_length(substr(${text}, 1, ${characters}))`.mapWith(
              Boolean,
            ),
          asks: sql`octet_length(${text}) > ${LOOKED_INTO_BYTES} or ${text} glob '*{{[^{}]*}}*'`.mapWith(
            Boolean,
          ),
        })
        .from(savedPrompts)
        .where(and(eq(savedPrompts.ownerId, ownerId), after === undefined ? undefined : behind))
        .orderBy(asc(savedPrompts.title), asc(savedPrompts.id))
        .limit(limit)
        .all();
    },

    /** The owner's saved prompt, or undefined. */
    async find(ownerId: string, id: string): Promise<SavedPrompt | undefined> {
      return db.select().from(savedPrompts).where(own(ownerId, id)).get();
    },

    /** Adds one to the library. */
    async add(prompt: Pick<SavedPrompt, "id" | "ownerId" | "title" | "text">): Promise<void> {
      const now = Date.now();
      db.insert(savedPrompts)
        .values({ ...prompt, createdAt: now, updatedAt: now })
        .run();
    },

    /** Puts another title and text in the place of the owner's; nothing happens where it is gone. */
    async change(
      ownerId: string,
      id: string,
      prompt: Pick<SavedPrompt, "title" | "text">,
    ): Promise<void> {
      db.update(savedPrompts)
        .set({ ...prompt, updatedAt: Date.now() })
        .where(own(ownerId, id))
        .run();
    },

    /** Takes the owner's out of the library. */
    async remove(ownerId: string, id: string): Promise<void> {
      db.delete(savedPrompts).where(own(ownerId, id)).run();
    },
  };
}
