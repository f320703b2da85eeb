import { and, eq } from "drizzle-orm";
import { messages } from "./schema";
import type { Scope } from "./scope";

export type Message = typeof messages.$inferSelect;

export async function find({ db, ownerId }: Scope, id: string): Promise<Message | undefined> {
  return db
    .select()
    .from(messages)
    .where(and(eq(messages.ownerId, ownerId), eq(messages.id, id)))
    .get();
}
