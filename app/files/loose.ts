import type { Db } from "~/db/db";
import type { Log } from "~/log.server";

const HOUR_MS = 3_600_000;
/** A prompt that was refused may be sent again with its files for so long. */
const LOOSE_MS = 24 * HOUR_MS;

/** Deletes the files of prompts that were never sent, now and each hour; returns what ends that. */
export function keepDroppingLoose({ db }: { db: Db }, log: Log): () => void {
  const drop = () => {
    const fault = (error: unknown) => log.error("loose files were not deleted", { error });
    db.files.dropLoose(Date.now() - LOOSE_MS).catch(fault);
  };
  drop();
  const timer = setInterval(drop, HOUR_MS);
  return () => clearInterval(timer);
}
