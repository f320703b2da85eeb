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

export interface RefusedFile {
  sentence: string;
  next: string;
}

export interface ReceivedFiles {
  /** Stored, but not attached to a message yet. */
  taken: LooseFile[];
  refused: RefusedFile[];
  fault?: StorageError;
}

/** Stores the acceptable files of a form; `kept` are the ids of files from an earlier submission of the same prompt. */
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
  return { taken, refused, fault };
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

/** Prepares an attached file for storing; throws FileRefusal if it is not accepted. Pictures are encoded again, so their hash changes. */
export async function prepareFile(file: File, readPdf: PdfReader): Promise<NewFile> {
  const name = cleanName(file.name);
  if (file.size > FILE_BYTES) {
    throw new FileRefusal(
      `${name} is larger than ${FILE_BYTES / 1024 / 1024} MiB.`,
      "Choose a smaller one, or a part of it.",
    );
  }
  const original = new Uint8Array(await file.arrayBuffer());
  const found = recognise(name, original);
  if (found.kind === "picture") {
    return newFile(name, "picture", await preparePicture(name, original, found.format));
  }
  if (found.kind === "pdf") {
    const text = await readPdf(name, original);
    return newFile(name, "pdf", { bytes: original, mediaType: "application/pdf", text });
  }
  const { text, charset } = found;
  return newFile(name, "text", {
    bytes: original,
    mediaType: `text/plain; charset=${charset}`,
    text,
  });
}

type Content = Pick<NewFile, "mediaType"> &
  Partial<Pick<NewFile, "width" | "height" | "text">> & {
    bytes: Uint8Array;
    thumbnail?: Uint8Array;
  };

function newFile(
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

/** Deletes files of prompts that were never sent, now and every hour; returns a function that ends it. */
export function deleteUnsentHourly({ db }: { db: Db }, log: Log): () => void {
  const run = () => {
    const fault = (error: unknown) => log.error("loose files were not deleted", { error });
    db.upkeep.deletion.deleteUnsent(Date.now() - UNSENT_MS).catch(fault);
  };
  run();
  const timer = setInterval(run, HOUR_MS);
  return () => clearInterval(timer);
}
