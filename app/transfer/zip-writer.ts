import { promisify } from "node:util";
import { crc32, deflateRaw } from "node:zlib";

// No library: yazl keeps every byte until the end, fflate has no ZIP64, client-zip does not compress; zip.js and
// zip-stream take 17 to 30 times as long for each small file.

export interface ZipFile {
  name: string;
  bytes: Uint8Array;
  /** Unix milliseconds; stored with a precision of two seconds. */
  modified: number;
  /** Do not compress. */
  stored?: boolean;
}

/** Signatures and fixed lengths of records (APPNOTE 6.3). */
const SIGNATURES = {
  entry: 0x04034b50,
  directory: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
} as const;
const LENGTHS = { entry: 30, directory: 46, end: 22, end64: 56, locator64: 20 } as const;

const STORED = 0;
const DEFLATED = 8;
const UTF8_NAMES = 0x0800;
const VERSION = 20;
const VERSION_64 = 45;

/** These values say that the number is in a 64-bit field. */
const ELSEWHERE = 0xffffffff;
const ELSEWHERE_16 = 0xffff;
const FIELD_64 = 1;

/** For smaller files, a call to the thread pool costs more than it gains. */
const MIN_PACKED_BYTES = 64;
const MAX_FILE_BYTES = 0xfffffffe;

interface DirectoryEntry {
  name: Buffer;
  method: number;
  stamp: number;
  crc: number;
  packed: number;
  size: number;
  offset: number;
}

const deflate = promisify(deflateRaw);

/** Writes a zip archive of any size (ZIP64), with one file at a time in memory, compressed off the event loop. */
export async function* zipStream(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array, void> {
  const written: DirectoryEntry[] = [];
  let offset = 0;
  for await (const file of files) {
    const name = Buffer.from(file.name);
    const { length: size } = file.bytes;
    if (size > MAX_FILE_BYTES) throw new Error("a file of an archive has at most 4 GiB");
    const packs = !file.stored && size > MIN_PACKED_BYTES;
    const packed = packs ? await deflate(file.bytes) : file.bytes;
    const entry: DirectoryEntry = {
      name,
      method: packs ? DEFLATED : STORED,
      stamp: dosTime(file.modified),
      crc: crc32(file.bytes),
      packed: packed.length,
      size,
      offset,
    };
    written.push(entry);
    const head = entryHead(entry);
    yield head;
    yield packed;
    offset += head.length + packed.length;
  }
  const begin = offset;
  for (const entry of written) {
    const record = directoryRecord(entry);
    yield record;
    offset += record.length;
  }
  yield end(written.length, begin, offset - begin);
}

function entryHead({ name, ...entry }: DirectoryEntry): Buffer {
  const head = Buffer.alloc(LENGTHS.entry);
  head.writeUInt32LE(SIGNATURES.entry, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(UTF8_NAMES, 6);
  head.writeUInt16LE(entry.method, 8);
  head.writeUInt32LE(entry.stamp, 10);
  head.writeUInt32LE(entry.crc, 14);
  head.writeUInt32LE(entry.packed, 18);
  head.writeUInt32LE(entry.size, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function directoryRecord({ name, ...entry }: DirectoryEntry): Buffer {
  const far = entry.offset >= ELSEWHERE;
  const record = Buffer.alloc(LENGTHS.directory);
  record.writeUInt32LE(SIGNATURES.directory, 0);
  record.writeUInt16LE(far ? VERSION_64 : VERSION, 4);
  record.writeUInt16LE(far ? VERSION_64 : VERSION, 6);
  record.writeUInt16LE(UTF8_NAMES, 8);
  record.writeUInt16LE(entry.method, 10);
  record.writeUInt32LE(entry.stamp, 12);
  record.writeUInt32LE(entry.crc, 16);
  record.writeUInt32LE(entry.packed, 20);
  record.writeUInt32LE(entry.size, 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt16LE(far ? 12 : 0, 30);
  record.writeUInt32LE(far ? ELSEWHERE : entry.offset, 42);
  return Buffer.concat([record, name, far ? farField(entry.offset) : Buffer.alloc(0)]);
}

function farField(offset: number): Buffer {
  const field = Buffer.alloc(12);
  field.writeUInt16LE(FIELD_64, 0);
  field.writeUInt16LE(8, 2);
  field.writeBigUInt64LE(BigInt(offset), 4);
  return field;
}

function end(count: number, begin: number, length: number): Buffer {
  const record = Buffer.alloc(LENGTHS.end);
  const many = Math.min(count, ELSEWHERE_16);
  record.writeUInt32LE(SIGNATURES.end, 0);
  record.writeUInt16LE(many, 8);
  record.writeUInt16LE(many, 10);
  record.writeUInt32LE(Math.min(length, ELSEWHERE), 12);
  record.writeUInt32LE(Math.min(begin, ELSEWHERE), 16);
  const small = count < ELSEWHERE_16 && length < ELSEWHERE && begin < ELSEWHERE;
  return small ? record : Buffer.concat([end64(count, begin, length), record]);
}

function end64(count: number, begin: number, length: number): Buffer {
  const record = Buffer.alloc(LENGTHS.end64 + LENGTHS.locator64);
  record.writeUInt32LE(SIGNATURES.end64, 0);
  record.writeBigUInt64LE(BigInt(LENGTHS.end64 - 12), 4);
  record.writeUInt16LE(VERSION_64, 12);
  record.writeUInt16LE(VERSION_64, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(length), 40);
  record.writeBigUInt64LE(BigInt(begin), 48);
  record.writeUInt32LE(SIGNATURES.locator64, LENGTHS.end64);
  record.writeBigUInt64LE(BigInt(begin + length), LENGTHS.end64 + 8);
  record.writeUInt32LE(1, LENGTHS.end64 + 16);
  return record;
}

/** MS-DOS date and time, limited to the years 1980 to 2107. */
function dosTime(milliseconds: number): number {
  const time = new Date(Math.min(Math.max(milliseconds, FIRST_DOS_TIME), LAST_DOS_TIME));
  const date =
    ((time.getUTCFullYear() - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate();
  const clock =
    (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1);
  return date * 0x10000 + clock;
}

const FIRST_DOS_TIME = Date.UTC(1980, 0, 1);
const LAST_DOS_TIME = Date.UTC(2107, 11, 31);
