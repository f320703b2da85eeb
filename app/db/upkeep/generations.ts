import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Asked } from "~/steering/steering";
import type { Generation } from "../generations";
import { changed, type Drizzle, type Transaction } from "../open";
import { chunks, generations, messages } from "../schema";
import { indexMessageById } from "../search-index";
import { charactersTo } from "../tree";

export type NewChunk = typeof chunks.$inferInsert;

export type GenerationEnd = Pick<Generation, "endedAt"> & {
  state: "finished" | "stopped" | "failed" | "interrupted";
} & Partial<
    Pick<
      Generation,
      | "doneReason"
      | "errorCode"
      | "errorDetail"
      | "firstTokenMs"
      | "promptTokens"
      | "answerTokens"
      | "totalMs"
      | "loadMs"
      | "promptMs"
      | "answerMs"
      | "contextTokens"
      | "turnsDropped"
      | "promptCut"
    >
  >;

/** Queued and running generations, oldest first. */
export async function unfinished(db: Drizzle): Promise<Generation[]> {
  return db
    .select()
    .from(generations)
    .where(inArray(generations.state, ["queued", "running"]))
    .orderBy(asc(generations.id))
    .all();
}

/** Makes a queued generation a running one; false if it is not queued any more. */
export async function start(db: Drizzle, id: string, startedAt: number): Promise<boolean> {
  return changed(
    db
      .update(generations)
      .set({ state: "running", startedAt })
      .where(and(eq(generations.id, id), eq(generations.state, "queued")))
      .returning({ id: generations.id })
      .all(),
  );
}

export async function putBack(db: Drizzle, id: string): Promise<void> {
  db.update(generations)
    .set({ state: "queued", startedAt: null })
    .where(and(eq(generations.id, id), eq(generations.state, "running")))
    .run();
}

export async function setAsked(
  db: Drizzle,
  id: string,
  modelDigest: string,
  asked: Asked,
): Promise<void> {
  db.update(generations).set({ modelDigest, asked }).where(eq(generations.id, id)).run();
}

/** Appends text of several generations in one transaction. */
export async function append(db: Drizzle, rows: readonly NewChunk[]): Promise<void> {
  if (rows.length === 0) return;
  // Runs thousands of times a second; bun:sqlite caches the statement.
  const insert = db.$client.query(
    "insert into pieces (owner_id, generation_id, seq, thinking, content) values (?, ?, ?, ?, ?)",
  );
  db.transaction(() => {
    for (const { ownerId, generationId, seq, thinking, content } of rows) {
      insert.run(ownerId, generationId, seq, thinking, content);
    }
  });
}

/** Ends a generation once and moves its chunks to the message; false if it has already ended. */
export async function end(db: Drizzle, id: string, how: GenerationEnd): Promise<boolean> {
  return db.transaction((tx) => {
    const won = tx
      .update(generations)
      .set(how)
      .where(and(eq(generations.id, id), inArray(generations.state, ["queued", "running"])))
      .returning({ messageId: generations.messageId })
      .get();
    if (!won) return false;
    completeMessage(tx, id, won.messageId);
    return true;
  });
}

function completeMessage(tx: Transaction, generationId: string, messageId: string): void {
  const written = tx
    .select({ thinking: chunks.thinking, content: chunks.content })
    .from(chunks)
    .where(eq(chunks.generationId, generationId))
    .orderBy(asc(chunks.seq))
    .all();
  const content = sql`messages.content || ${written.map((chunk) => chunk.content).join("")}`;
  tx.update(messages)
    .set({
      content,
      pathCharacters: charactersTo(sql`messages.parent_id`, content),
      thinking: sql`${messages.thinking} || ${written.map((chunk) => chunk.thinking).join("")}`,
    })
    .where(eq(messages.id, messageId))
    .run();
  tx.delete(chunks).where(eq(chunks.generationId, generationId)).run();
  indexMessageById(tx, messageId);
}
