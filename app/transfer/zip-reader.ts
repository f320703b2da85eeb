import { Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { ARCHIVE_ENTRIES, UNPACKED_RATIO } from "~/limits";
import { inSteps } from "~/shared/in-steps";
import { BadFile } from "./bad-file";
import {
  DEFLATED,
  ELSEWHERE,
  ELSEWHERE_16,
  FIELD_64,
  LENGTHS,
  SIGNATURES,
  STORED,
} from "./zip-format";

/** A file in an archive, as the directory describes it; none of it is trusted. */
export interface ZipEntry {
  name: string;
  method: number;
  encrypted: boolean;
  crc: number;
  packed: number;
  offset: number;
}

/** How much an archive may unpack to, in all, counted while it is unpacked. */
export interface Allowance {
  bytes: number;
}

/** A little may be packed to next to nothing. */
const RATIO_COUNTS_FROM = 4 * 1024 * 1024;
const SLICE = 64 * 1024;
const LONGEST_COMMENT = 0xffff;

/** Whether bytes begin as a zip archive does. */
export function isZip(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  return a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6));
}

/**
 * The files of an archive, folders left out, with everything else going on meanwhile; throws a BadFile where the
 * directory at its end cannot be read or names too many.
 */
export async function zipEntries(archive: Buffer): Promise<ZipEntry[]> {
  try {
    return await inSteps(directory(archive), 256);
  } catch (cause) {
    if (cause instanceof BadFile) throw cause;
    // A number that points past the end.
    throw damaged(cause);
  }
}

/**
 * What a file in the archive unpacks to, in pieces. Throws a BadFile where it is damaged, packed in a way that
 * we do not know, or grows past what is allowed; headers are not believed, bytes are counted.
 */
export async function* unzipped(
  archive: Buffer,
  entry: ZipEntry,
  allowance: Allowance,
): AsyncGenerator<Uint8Array, void> {
  const packed = packedBytes(archive, entry);
  let size = 0;
  let crc = 0;
  try {
    for await (const piece of piecesOf(packed, entry)) {
      size += piece.length;
      allowance.bytes -= piece.length;
      if (allowance.bytes < 0) throw tooMuch();
      if (size > RATIO_COUNTS_FROM && size > packed.length * UNPACKED_RATIO) throw tooMuch();
      crc = crc32(piece, crc);
      yield piece;
    }
  } catch (cause) {
    throw cause instanceof BadFile ? cause : damaged(cause);
  }
  if (crc !== entry.crc) throw damaged();
}

/** A whole small file of the archive. */
export async function unzippedWhole(
  archive: Buffer,
  entry: ZipEntry,
  allowance: Allowance,
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of unzipped(archive, entry, allowance)) pieces.push(piece);
  return Buffer.concat(pieces);
}

function piecesOf(packed: Buffer, { method, encrypted }: ZipEntry): AsyncIterable<Uint8Array> {
  if (encrypted) {
    throw new BadFile("encrypted", "The archive is encrypted: unpack it, and send what is inside.");
  }
  if (method === STORED) return Readable.from(slices(packed));
  if (method === DEFLATED) {
    const inflate = createInflateRaw();
    const source = Readable.from(slices(packed));
    source.pipe(inflate);
    return inflate;
  }
  throw new BadFile("unknown-packing", "The archive is packed in a way that Parley does not know.");
}

function* slices(bytes: Buffer): Generator<Buffer, void> {
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE);
}

function packedBytes(archive: Buffer, entry: ZipEntry): Buffer {
  const { offset } = entry;
  if (offset + LENGTHS.entry > archive.length) throw damaged();
  if (archive.readUInt32LE(offset) !== SIGNATURES.entry) throw damaged();
  const names = archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const begin = offset + LENGTHS.entry + names;
  if (begin + entry.packed > archive.length) throw damaged();
  return archive.subarray(begin, begin + entry.packed);
}

function* directory(archive: Buffer): Generator<ZipEntry, void> {
  const { count, begin } = findDirectory(archive);
  if (count > ARCHIVE_ENTRIES) {
    throw new BadFile(
      "too-many-files",
      `The archive has more than ${ARCHIVE_ENTRIES.toLocaleString("en")} files in it.`,
    );
  }
  let at = begin;
  for (let n = 0; n < count; n++) {
    if (archive.readUInt32LE(at) !== SIGNATURES.directory) throw damaged();
    const nameLength = archive.readUInt16LE(at + 28);
    const extraLength = archive.readUInt16LE(at + 30);
    const names = at + LENGTHS.directory;
    const name = archive.toString("utf8", names, names + nameLength);
    const extra = archive.subarray(names + nameLength, names + nameLength + extraLength);
    const entry: ZipEntry = {
      name,
      encrypted: (archive.readUInt16LE(at + 8) & 1) === 1,
      method: archive.readUInt16LE(at + 10),
      crc: archive.readUInt32LE(at + 16),
      ...largeNumbers(extra, {
        size: archive.readUInt32LE(at + 24),
        packed: archive.readUInt32LE(at + 20),
        offset: archive.readUInt32LE(at + 42),
      }),
    };
    if (!name.endsWith("/")) yield entry;
    at = names + nameLength + extraLength + archive.readUInt16LE(at + 32);
  }
}

/** Numbers that do not fit into 32 bits stand in a field of their own, in this order. */
function largeNumbers(
  extra: Buffer,
  numbers: { size: number; packed: number; offset: number },
): { packed: number; offset: number } {
  const large = { ...numbers };
  const keys = (["size", "packed", "offset"] as const).filter((key) => large[key] === ELSEWHERE);
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== FIELD_64) continue;
    keys.forEach((key, index) => {
      large[key] = Number(extra.readBigUInt64LE(at + 4 + 8 * index));
    });
    break;
  }
  return { packed: large.packed, offset: large.offset };
}

function findDirectory(archive: Buffer): { count: number; begin: number } {
  const first = Math.max(0, archive.length - LENGTHS.end - LONGEST_COMMENT);
  for (let at = archive.length - LENGTHS.end; at >= first; at--) {
    if (archive.readUInt32LE(at) !== SIGNATURES.end) continue;
    const count = archive.readUInt16LE(at + 10);
    const begin = archive.readUInt32LE(at + 16);
    const locator = at - LENGTHS.locator64;
    const has64 = locator >= 0 && archive.readUInt32LE(locator) === SIGNATURES.locator64;
    if (!has64 || (count !== ELSEWHERE_16 && begin !== ELSEWHERE)) return { count, begin };
    const end64 = Number(archive.readBigUInt64LE(locator + 8));
    if (archive.readUInt32LE(end64) !== SIGNATURES.end64) throw damaged();
    return {
      count: Number(archive.readBigUInt64LE(end64 + 32)),
      begin: Number(archive.readBigUInt64LE(end64 + 48)),
    };
  }
  throw new BadFile("cut-off", "The archive has no end: it was not written or sent whole.");
}

function damaged(cause?: unknown): BadFile {
  return new BadFile("damaged", "The archive is damaged: it cannot be unpacked.", { cause });
}

function tooMuch(): BadFile {
  return new BadFile("too-large", "The archive unpacks to far more than conversations need.");
}
