import { and, eq } from "drizzle-orm";
import { messages, waitingPrompts } from "./schema";
import type { Scope } from "./scope";

/** The conversation of the message or the waiting prompt that a form with this id has written, or undefined. */
export function conversationOf({ db, ownerId }: Scope, clientId: string): string | undefined {
  for (const table of [messages, waitingPrompts]) {
    const written = db
      .select({ conversationId: table.conversationId })
      .from(table)
      .where(and(eq(table.ownerId, ownerId), eq(table.clientId, clientId)))
      .get();
    if (written) return written.conversationId;
  }
  return undefined;
}
