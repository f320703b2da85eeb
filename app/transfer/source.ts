import { FILE_BYTES, IMPORTED_CONVERSATION_BYTES, UNPACKED_BYTES } from "~/limits";
import { BadFile } from "./bad-file";
import { jsonElements } from "./json-elements";
import { isZip, openZip, unzipped, unzippedWhole, type ZipEntry } from "./zip-reader";

export interface Source {
  /** The JSON of each conversation; may be called again. Throws BadFile. */
  elements(): AsyncGenerator<Uint8Array, void>;
  /** The bytes of an attached file in the archive, or null. */
  fileBytes(hash: string): Promise<Uint8Array | null>;
}

const SLICE = 256 * 1024;

const MANIFEST = "parley.json";
const OURS = /^conversations\/[^/]+\.json$/;
const CHATGPT = /(^|\/)conversations(-\d+)?\.json$/;
const ANY = /\.json$/;

/** Whether the first bytes are those of JSON or a zip archive. */
export function mayBeSource(bytes: Uint8Array): boolean {
  const begin = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart();
  return isZip(bytes) || begin.startsWith("[") || begin.startsWith("{");
}

/** Opens JSON or an archive; throws BadFile if it cannot be read. */
export async function openSource(bytes: Buffer): Promise<Source> {
  return isZip(bytes) ? archiveSource(bytes) : jsonSource(bytes);
}

function jsonSource(bytes: Buffer): Source {
  return {
    elements: () => jsonElements(slices(bytes), IMPORTED_CONVERSATION_BYTES),
    fileBytes: async () => null,
  };
}

async function archiveSource(bytes: Buffer): Promise<Source> {
  const archive = await openZip(bytes);
  const documents = documentsOf(archive.entries);
  if (documents.length === 0) {
    throw new BadFile("no-conversations", "There is no file of conversations in the archive.");
  }
  const files = new Map(archive.entries.map((entry) => [entry.name, entry]));
  return {
    async *elements() {
      const allowance = { bytes: UNPACKED_BYTES };
      for (const document of documents) {
        yield* jsonElements(unzipped(archive, document, allowance), IMPORTED_CONVERSATION_BYTES);
      }
    },
    async fileBytes(hash) {
      const entry = files.get(`files/${hash}`);
      return entry ? unzippedWhole(archive, entry, { bytes: FILE_BYTES }) : null;
    },
  };
}

function documentsOf(entries: readonly ZipEntry[]): ZipEntry[] {
  const named = (pattern: RegExp) => entries.filter(({ name }) => pattern.test(name));
  if (entries.some(({ name }) => name === MANIFEST)) return named(OURS);
  const chatGpt = named(CHATGPT);
  return chatGpt.length > 0 ? chatGpt : named(ANY);
}

async function* slices(bytes: Buffer): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE);
}
