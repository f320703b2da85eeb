import type { OwnerDb } from "~/db/db";
import type { NewFile } from "~/db/files";
import { isBarePicture } from "~/files/bare-picture";
import { cleanName } from "~/files/name";
import type { PdfReader } from "~/files/pdf";
import { prepareFile } from "~/files/prepare";
import type { PictureFormat } from "~/files/recognise";
import { FileRefusal } from "~/files/refusal";
import { yielder } from "~/shared/in-steps";
import { BadFile } from "./bad-file";
import type { DraftFile } from "./draft";
import type { Source } from "./source";

/** Where files are kept, and where their bytes come from. */
export interface FilesInto {
  db: OwnerDb;
  readPdf: PdfReader;
  source: Pick<Source, "fileBytes">;
}

/**
 * Stores the files of a message that is about to be written, by the rules of files that come with a form, and
 * gives their ids. Those whose bytes are missing, or are not what they claim to be, are left out.
 */
export async function keepFiles(into: FilesInto, files: readonly DraftFile[]): Promise<string[]> {
  const ids: string[] = [];
  const yieldIfDue = yielder();
  for (const file of files) {
    const id = await keepFile(into, file);
    if (id) ids.push(id);
    await yieldIfDue();
  }
  return ids;
}

async function keepFile(
  { db, readPdf, source }: FilesInto,
  file: DraftFile,
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
    const kept = file.hash ? await asItWas(prepared, bytes) : prepared;
    return (await db.files.keep(kept, now)).id;
  } catch (error) {
    // One that is damaged inside its archive costs no more than itself.
    if (error instanceof FileRefusal || error instanceof BadFile) return undefined;
    throw error;
  }
}

/**
 * A picture of ours was prepared once: to encode it again would make it worse, and another file. Anybody can say
 * that one is ours, so it is kept as it is only where nothing else is in it and it has the size that ours have.
 */
async function asItWas(prepared: NewFile, bytes: Uint8Array): Promise<NewFile> {
  if (prepared.kind !== "picture") return prepared;
  const { width, height, format } = await new Bun.Image(bytes).metadata();
  if (width !== prepared.width || height !== prepared.height) return prepared;
  if (prepared.mediaType !== `image/${format}`) return prepared;
  if (!isBarePicture(bytes, format as PictureFormat)) return prepared;
  return { ...prepared, hash: hashOf(bytes), bytes: Buffer.from(bytes), size: bytes.length };
}

function hashOf(bytes: Uint8Array): string {
  return new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
}
