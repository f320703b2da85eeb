import type { GenerationEnd } from "~/db/upkeep/generations";
import { StorageError } from "~/errors";
import type { ActiveGeneration } from "./active";
import { type End, savedFor, type WriteServices } from "./write-answer";

/**
 * Saves the last text of an answer and its end, with figures if the database accepts them. Retries while nothing can be
 * saved, until `giveUp`; throws then, and on other errors.
 */
export async function recordEnd(
  services: Pick<WriteServices, "db" | "log" | "recorder">,
  generation: ActiveGeneration,
  end: End,
  giveUp: AbortSignal,
): Promise<void> {
  const { live, contextTokens, id } = generation;
  const endedAt = Date.now();
  const save = (whole: GenerationEnd) =>
    savedFor(live, () => saveOnce(services, generation, whole), giveUp);
  try {
    await save({ endedAt, contextTokens, ...end });
  } catch (error) {
    if (error instanceof StorageError) throw error;
    services.log.error("an end is recorded without figures", { error, generation: id });
    const { state, errorCode = null, errorDetail = null } = end;
    await save({ state, errorCode, errorDetail, endedAt });
  }
}

async function saveOnce(
  { db, recorder }: Pick<WriteServices, "db" | "recorder">,
  generation: ActiveGeneration,
  end: GenerationEnd,
): Promise<void> {
  try {
    await recorder.flush(generation.live);
    await db.upkeep.generations.end(generation.id, end);
  } catch (error) {
    generation.savingFails();
    throw error;
  }
}
