import { and, eq, sql } from "drizzle-orm";
import { modelCounts } from "./schema";
import type { Scope } from "./scope";

export type ModelCounts = Omit<typeof modelCounts.$inferSelect, "ownerId" | "modelDigest">;

/** Limit of each model's sums, so that old counts fade. */
const REMEMBERED_CHARACTERS = 200_000;

export async function of(
  { db, ownerId }: Scope,
  modelDigest: string,
): Promise<ModelCounts | undefined> {
  return db
    .select({
      characters: modelCounts.characters,
      tokens: modelCounts.tokens,
      contextTokens: modelCounts.contextTokens,
      numCtx: modelCounts.numCtx,
    })
    .from(modelCounts)
    .where(and(eq(modelCounts.ownerId, ownerId), eq(modelCounts.modelDigest, modelDigest)))
    .get();
}

/** Adds the counts of a generation. Without a context the known one stays. */
export async function learn(
  { db, ownerId }: Scope,
  modelDigest: string,
  counts: ModelCounts,
): Promise<void> {
  const fade = sql`case when model_counts.characters > 0
    then min(1.0, max(0.0, (${REMEMBERED_CHARACTERS} - excluded.characters) / model_counts.characters))
    else 0.0 end`;
  const kept = (column: string) =>
    sql.raw(`case when excluded.context_tokens is null
      then model_counts.${column} else excluded.${column} end`);
  db.insert(modelCounts)
    .values({ ownerId, modelDigest, ...counts })
    .onConflictDoUpdate({
      target: [modelCounts.ownerId, modelCounts.modelDigest],
      set: {
        characters: sql`model_counts.characters * ${fade} + excluded.characters`,
        tokens: sql`model_counts.tokens * ${fade} + excluded.tokens`,
        contextTokens: kept("context_tokens"),
        numCtx: kept("num_ctx"),
      },
    })
    .run();
}
