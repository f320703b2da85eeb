import { and, lt } from "drizzle-orm";
import { LOOSE } from "../given-files";
import type { Drizzle } from "../open";
import { attachments, unsentTexts } from "../schema";

/** Deletes unsent texts, and files without a message, from before this time. */
export async function deleteUnsent(db: Drizzle, before: number): Promise<void> {
  db.transaction((tx) => {
    tx.delete(unsentTexts).where(lt(unsentTexts.createdAt, before)).run();
    tx.delete(attachments)
      .where(and(lt(attachments.createdAt, before), LOOSE))
      .run();
  });
}
