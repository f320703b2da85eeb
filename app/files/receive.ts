import type { Db, OwnerDb } from "~/db/db";
import type { LooseFile, NewFile } from "~/db/files";
import { StorageError } from "~/errors";
import { FILE_BYTES, PROMPT_FILES, UNSENT_MS } from "~/limits";
import type { Log } from "~/log.server";
import { cleanName } from "./name";
import type { PdfReader } from "./pdf";
import { preparePicture } from "./picture";
import { recognise } from "./recognise";
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

/**
 * An attached file for storing. The hash is that of the stored bytes, which for a picture are not those that came.
 * Throws a FileRefusal if the file is not accepted.
 */
export async function prepareFile(file: File, readPdf: PdfReader): Promise<NewFile> {
  const name = cleanName(file.name);
  if (file.size > FILE_BYTES) {
    throw new FileRefusal(
      `${name} is larger than ${FILE_BYTES / 1024 / 1024} MiB.`,
      "Choose a smaller one, or a part of it.",
    );
  }
  const came = new Uint8Array(await file.arrayBuffer());
  const found = recognise(name, came);
  if (found.kind === "picture") {
    return kept(name, "picture", await preparePicture(name, came, found.format));
  }
  if (found.kind === "pdf") {
    // A copy, since the reader may change or detach its bytes.
    const text = await readPdf(name, came);
    return kept(name, "pdf", { bytes: came, mediaType: "application/pdf", text });
  }
  const { text, charset } = found;
  return kept(name, "text", { bytes: came, mediaType: `text/plain; charset=${charset}`, text });
}

type Content = Pick<NewFile, "mediaType"> &
  Partial<Pick<NewFile, "width" | "height" | "text">> & {
    bytes: Uint8Array;
    thumbnail?: Uint8Array;
  };

function kept(
  name: string,
  kind: NewFile["kind"],
  { bytes, thumbnail, ...rest }: Content,
): NewFile {
  return {
    name,
    kind,
    hash: new Bun.CryptoHasher("sha256").update(bytes).digest("hex"),
    bytes: Buffer.from(bytes),
    size: bytes.length,
    width: null,
    height: null,
    text: null,
    ...rest,
    thumbnail: thumbnail ? Buffer.from(thumbnail) : null,
  };
}

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
