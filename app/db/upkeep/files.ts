import { and, lt } from "drizzle-orm";
import { LOOSE } from "../given-files";
import type { Drizzle } from "../open";
import { attachments } from "../schema";

/** Deletes files that have been loose since before this time. */
export async function dropLoose(db: Drizzle, before: number): Promise<void> {
  db.delete(attachments)
    .where(and(lt(attachments.createdAt, before), LOOSE))
    .run();
}
