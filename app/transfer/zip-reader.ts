import { crc32 } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { ARCHIVE_ENTRIES, UNPACKED_RATIO } from "~/limits";
import { BadFile } from "./bad-file";

/** A file in an archive, as the untrusted directory describes it. */
export interface ZipEntry {
  name: string;
  method: number;
  encrypted: boolean;
  crc: number;
  packed: number;
  size: number;
  offset: number;
}

export interface ZipArchive {
  file: ZipFile;
  entries: ZipEntry[];
}

export interface ByteAllowance {
  bytes: number;
}

const STORED = 0;
const DEFLATED = 8;
/** The ratio of smaller files is not checked, since it may be high by chance. */
const RATIO_CHECKED_BYTES = 4 * 1024 * 1024;

/** Whether the first bytes are those of a zip archive. */
export function isZip(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  return a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6));
}

/** Reads the directory of an archive; throws BadFile if it is damaged or lists too many files. */
export async function openZip(archive: Buffer): Promise<ZipArchive> {
  // Loaded on first use, to keep the start of the server short.
  const yauzl = await import("yauzl");
  try {
    // Names are decoded below: the library refuses unusual ones, but no file is written under them.
    const file = await yauzl.fromBufferPromise(archive, { decodeStrings: false });
    if (file.entryCount > ARCHIVE_ENTRIES) throw tooManyFiles();
    const entries: ZipEntry[] = [];
    for await (const entry of file.eachEntry()) {
      const { generalPurposeBitFlag: flags, fileNameRaw, extraFields } = entry;
      const name = yauzl.getFileNameLowLevel(flags, fileNameRaw, extraFields, true);
      if (!name.endsWith("/")) entries.push(entryOf(name, entry));
    }
    return { file, entries };
  } catch (cause) {
    if (cause instanceof BadFile) throw cause;
    throw unreadable(cause);
  }
}

/** Without the raw records, which take most memory. */
function entryOf(name: string, entry: Entry): ZipEntry {
  return {
    name,
    method: entry.compressionMethod,
    encrypted: entry.isEncrypted(),
    crc: entry.crc32,
    packed: entry.compressedSize,
    size: entry.uncompressedSize,
    offset: entry.relativeOffsetOfLocalHeader,
  };
}

/** The unpacked chunks of a file, whose headers are not trusted; throws BadFile if it is damaged, too large or unsupported. */
export async function* unzipped(
  { file }: ZipArchive,
  entry: ZipEntry,
  allowance: ByteAllowance,
): AsyncGenerator<Uint8Array, void> {
  refuseUnreadable(entry);
  let size = 0;
  let crc = 0;
  try {
    for await (const chunk of await chunksOf(file, entry)) {
      size += chunk.length;
      allowance.bytes -= chunk.length;
      if (allowance.bytes < 0) throw tooMuch();
      if (size > RATIO_CHECKED_BYTES && size > entry.packed * UNPACKED_RATIO) throw tooMuch();
      crc = crc32(chunk, crc);
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof BadFile ? cause : damaged(cause);
  }
  if (crc !== entry.crc) throw damaged();
}

/** The unpacked bytes of a small file. */
export async function unzippedWhole(
  archive: ZipArchive,
  entry: ZipEntry,
  allowance: ByteAllowance,
): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(unzipped(archive, entry, allowance)));
}

async function chunksOf(file: ZipFile, entry: ZipEntry): Promise<AsyncIterable<Uint8Array>> {
  const { Entry } = await import("yauzl");
  return file.openReadStreamPromise(
    Object.assign(new Entry(), {
      compressionMethod: entry.method,
      compressedSize: entry.packed,
      uncompressedSize: entry.size,
      relativeOffsetOfLocalHeader: entry.offset,
    }),
  );
}

function refuseUnreadable({ encrypted: isEncrypted, method }: ZipEntry): void {
  if (isEncrypted) throw encrypted();
  if (method === STORED || method === DEFLATED) return;
  throw new BadFile("unknown-packing", "The archive is packed in a way that Parley does not know.");
}

/** The library's errors differ only in their messages. */
function unreadable(cause: unknown): BadFile {
  const { message } = cause instanceof Error ? cause : { message: "" };
  if (message.includes("strong encryption")) return encrypted();
  if (!message.startsWith("End of central directory record")) return damaged(cause);
  return new BadFile("cut-off", "The archive has no end: it was not written or sent whole.");
}

function encrypted(): BadFile {
  return new BadFile("encrypted", "The archive is encrypted: unpack it, and send what is inside.");
}

function tooManyFiles(): BadFile {
  const most = ARCHIVE_ENTRIES.toLocaleString("en");
  return new BadFile("too-many-files", `The archive has more than ${most} files in it.`);
}

function damaged(cause?: unknown): BadFile {
  return new BadFile("damaged", "The archive is damaged: it cannot be unpacked.", { cause });
}

function tooMuch(): BadFile {
  return new BadFile("too-large", "The archive unpacks to far more than conversations need.");
}
