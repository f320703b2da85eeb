import type { Db } from "~/db/db";
import { UNSENT_MS } from "~/limits";
import type { Log } from "~/log.server";

const HOUR_MS = 3_600_000;

/** Deletes the files of prompts that were never sent, now and each hour; returns what ends that. */
export function keepDroppingLoose({ db }: { db: Db }, log: Log): () => void {
  const drop = () => {
    const fault = (error: unknown) => log.error("loose files were not deleted", { error });
    db.upkeep.files.deleteUnsent(Date.now() - UNSENT_MS).catch(fault);
  };
  drop();
  const timer = setInterval(drop, HOUR_MS);
  return () => clearInterval(timer);
}
