import type { OwnerDb } from "~/db/db";
import type { LooseFile } from "~/db/files";
import { StorageError } from "~/errors";
import { PROMPT_FILES } from "~/limits";
import { cleanName } from "./name";
import type { PdfReader } from "./pdf";
import { prepareFile } from "./prepare";
import { FileRefusal } from "./refusal";

/** A file that was not taken. */
export interface RefusedFile {
  sentence: string;
  next: string;
}

/** What came of the files of a form. */
export interface ReceivedFiles {
  /** Stored, and of no message yet: they wait for the prompt that they belong to. */
  taken: LooseFile[];
  refused: RefusedFile[];
  /** Why files could not be stored, where the database was the reason. */
  fault?: StorageError;
}

/**
 * Stores the files of a form, each on its own: a bad one does not cost the others. `kept` are the ids of
 * those that an earlier form of the same prompt has brought.
 */
export async function receiveFiles(
  { db, readPdf }: { db: OwnerDb; readPdf: PdfReader },
  { chosen, kept }: { chosen: readonly File[]; kept: readonly string[] },
): Promise<ReceivedFiles> {
  const taken = await db.files.loose(kept);
  const refused: RefusedFile[] = [];
  let fault: StorageError | undefined;
  if (taken.length < new Set(kept).size) {
    refused.push({
      sentence: "A file that waited here is gone.",
      next: "It was sent already, or is older than a day. Choose it again if it is missing.",
    });
  }
  for (const file of chosen) {
    try {
      if (taken.length >= PROMPT_FILES) throw tooMany(file);
      taken.push(await db.files.keep(await prepareFile(file, readPdf), Date.now()));
    } catch (error) {
      if (error instanceof StorageError) {
        fault = error;
        refused.push(notStored(file));
      } else if (error instanceof FileRefusal) {
        refused.push({ sentence: error.message, next: error.next });
      } else throw error;
    }
  }
  return { taken, refused, ...(fault ? { fault } : {}) };
}

function notStored(file: File): RefusedFile {
  return {
    sentence: `${cleanName(file.name)} could not be saved.`,
    next: "Choose it again when you send the prompt.",
  };
}

function tooMany(file: File): FileRefusal {
  return new FileRefusal(
    `${cleanName(file.name)} is one too many: a prompt has at most ${PROMPT_FILES} files.`,
    "Send it with the next prompt.",
  );
}
