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

export interface FileStore {
  db: OwnerDb;
  readPdf: PdfReader;
  source: Pick<Source, "fileBytes">;
}

/** Stores the files of a message like attached files and returns their ids; files with missing or wrong bytes are left out. */
export async function storeFiles(
  store: FileStore,
  files: readonly ImportedFile[],
): Promise<string[]> {
  const ids: string[] = [];
  const yieldIfDue = yielder();
  for (const file of files) {
    const id = await storeFile(store, file);
    if (id) ids.push(id);
    await yieldIfDue();
  }
  return ids;
}

async function storeFile(
  { db, readPdf, source }: FileStore,
  file: ImportedFile,
): Promise<string | undefined> {
  const { hash } = file;
  const name = cleanName(file.name);
  const now = Date.now();
  const stored = hash && (await db.files.keepAgain({ hash, name }, now));
  if (stored) return stored;
  try {
    const bytes = file.bytes ?? (hash ? await source.fileBytes(hash) : null);
    if (!bytes || (hash && hashOf(bytes) !== hash)) return undefined;
    const prepared = await prepareFile(new File([new Uint8Array(bytes)], name), readPdf);
    const kept = file.hash ? await unchanged(prepared, bytes) : prepared;
    return (await db.files.keep(kept, now)).id;
  } catch (error) {
    // BadFile: this file is damaged inside its archive.
    if (error instanceof FileRefusal || error instanceof BadFile) return undefined;
    throw error;
  }
}

/** Keeps a picture that Parley exported, if its claims are true: encoding it again would lose quality and change the hash. */
async function unchanged(prepared: NewFile, bytes: Uint8Array): Promise<NewFile> {
  if (prepared.kind !== "picture") return prepared;
  const { width, height, format } = await new Bun.Image(bytes).metadata();
  if (width !== prepared.width || height !== prepared.height) return prepared;
  if (prepared.mediaType !== `image/${format}`) return prepared;
  // It equals the format of a prepared picture, so it is one of these.
  if (!isBarePicture(bytes, format as PictureFormat)) return prepared;
  return { ...prepared, hash: hashOf(bytes), bytes: Buffer.from(bytes), size: bytes.length };
}

function hashOf(bytes: Uint8Array): string {
  return new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
}
