import type { OwnerDb } from "~/db/db";
import type { NewFile } from "~/db/files";
import { cleanName } from "~/files/name";
import type { PdfReader } from "~/files/pdf";
import { isBarePicture } from "~/files/picture";
import { prepareFile } from "~/files/receive";
import type { PictureFormat } from "~/files/recognise";
import { FileRefusal } from "~/files/refusal";
import { yielder } from "~/shared/in-steps";
import { BadFile } from "./bad-file";
import type { ImportedFile } from "./imported";
import type { Source } from "./source";

/** What an import reads files from and writes them to. */
export interface FileStore {
  db: OwnerDb;
  readPdf: PdfReader;
  source: Pick<Source, "fileBytes">;
}

/**
 * Stores the files of a message, by the rules for attached files, and gives their ids. Those whose bytes are missing,
 * or are not what they claim to be, are left out.
 */
export async function keepFiles(
  store: FileStore,
  files: readonly ImportedFile[],
): Promise<string[]> {
  const ids: string[] = [];
  const yieldIfDue = yielder();
  for (const file of files) {
    const id = await keepFile(store, file);
    if (id) ids.push(id);
    await yieldIfDue();
  }
  return ids;
}

async function keepFile(
  { db, readPdf, source }: FileStore,
  file: ImportedFile,
): Promise<string | undefined> {
  const { hash } = file;
  const name = cleanName(file.name);
  const now = Date.now();
  const here = hash && (await db.files.keepAgain({ hash, name }, now));
  if (here) return here;
  try {
    const bytes = file.bytes ?? (hash ? await source.fileBytes(hash) : null);
    if (!bytes || (hash && hashOf(bytes) !== hash)) return undefined;
    const prepared = await prepareFile(new File([new Uint8Array(bytes)], name), readPdf);
    const kept = file.hash ? await unchanged(prepared, bytes) : prepared;
    return (await db.files.keep(kept, now)).id;
  } catch (error) {
    // A file that is damaged inside its archive is left out alone.
    if (error instanceof FileRefusal || error instanceof BadFile) return undefined;
    throw error;
  }
}

/**
 * A picture of ours was prepared before: encoding it again would make it worse, and another file. Anybody can claim
 * that one is ours, so it is kept unchanged only if it has our size and holds no metadata.
 */
async function unchanged(prepared: NewFile, bytes: Uint8Array): Promise<NewFile> {
  if (prepared.kind !== "picture") return prepared;
  const { width, height, format } = await new Bun.Image(bytes).metadata();
  if (width !== prepared.width || height !== prepared.height) return prepared;
  if (prepared.mediaType !== `image/${format}`) return prepared;
  // Prepared pictures have one of these formats, and this one has the same.
  if (!isBarePicture(bytes, format as PictureFormat)) return prepared;
  return { ...prepared, hash: hashOf(bytes), bytes: Buffer.from(bytes), size: bytes.length };
}

function hashOf(bytes: Uint8Array): string {
  return new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
}
