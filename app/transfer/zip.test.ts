import { crc32, deflateRawSync } from "node:zlib";
import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { ARCHIVE_ENTRIES, UNPACKED_BYTES, UNPACKED_RATIO } from "~/limits";
import { directoryOf } from "../../tests/support/files";
import { type Allowance, unzipped, unzippedWhole, zipEntries } from "./zip-reader";
import { type ZipFile, zipStream } from "./zip-writer";

async function written(files: Iterable<ZipFile>): Promise<Buffer> {
  async function* each() {
    yield* files;
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of zipStream(each())) pieces.push(piece);
  return Buffer.concat(pieces);
}

const PLENTY = { bytes: 1e9 };
const modified = Date.UTC(2026, 0, 2, 3, 4, 6);
const long = "Twice a day. ".repeat(1_000);

test("what is written opens elsewhere", async () => {
  const archive = await written([
    { name: "a/Wörter.md", bytes: strToU8(long), modified },
    { name: "b", bytes: strToU8(long), modified, stored: true },
    { name: "empty", bytes: new Uint8Array(), modified: 0 },
  ]);
  expect(archive.length).toBeLessThan(2 * long.length);
  const files = unzipSync(new Uint8Array(archive));
  expect(Object.keys(files)).toEqual(["a/Wörter.md", "b", "empty"]);
  expect(Buffer.from(files["a/Wörter.md"] ?? []).toString()).toBe(long);
  expect(Buffer.from(files.b ?? []).toString()).toBe(long);
});

test("what was written elsewhere opens here", async () => {
  const archive = Buffer.from(
    zipSync({ "a.json": strToU8(long), folder: { "b.json": [strToU8(long), { level: 0 }] } }),
  );
  const entries = await zipEntries(archive);
  expect(entries.map(({ name }) => name)).toEqual(["a.json", "folder/b.json"]);
  for (const entry of entries) {
    expect((await unzippedWhole(archive, entry, { ...PLENTY })).toString()).toBe(long);
  }
});

test("more files than the first zip format counts", async () => {
  const many = Array.from({ length: 70_000 }, (_, n) => ({
    name: `${n}`,
    bytes: strToU8(`${n}`),
    modified,
  }));
  const archive = await written(many);
  const entries = await zipEntries(archive);
  expect(entries).toHaveLength(70_000);
  const last = entries.at(-1);
  expect(last && (await unzippedWhole(archive, last, { ...PLENTY })).toString()).toBe("69999");
});

describe("an archive that is not what it says", () => {
  const archive = () => Buffer.from(zipSync({ "a.json": strToU8(long) }));

  test("ends early", async () => {
    await expect(zipEntries(archive().subarray(0, -30))).rejects.toThrow(/no end/);
  });

  test("points past its end", async () => {
    const bytes = archive();
    bytes.writeUInt32LE(0xfffffff0, bytes.length - 6);
    await expect(zipEntries(bytes)).rejects.toThrow(/damaged/);
  });

  test("counts more files than it has", async () => {
    const bytes = archive();
    bytes.writeUInt16LE(9, bytes.length - 12);
    await expect(zipEntries(bytes)).rejects.toThrow(/damaged/);
  });

  test("has more files than an archive of conversations could need", async () => {
    const bytes = directoryOf(ARCHIVE_ENTRIES + 1);
    await expect(zipEntries(bytes)).rejects.toThrow(/more than 200,000 files/);
    expect(await zipEntries(directoryOf(ARCHIVE_ENTRIES))).toHaveLength(ARCHIVE_ENTRIES);
  });

  test("has other bytes than it promised", async () => {
    const bytes = archive();
    const [entry] = await zipEntries(bytes);
    if (!entry) throw new Error("no entry");
    await expect(unzippedWhole(bytes, { ...entry, crc: 1 }, { ...PLENTY })).rejects.toThrow(
      /damaged/,
    );
    await expect(unzippedWhole(bytes, { ...entry, packed: 20 }, { ...PLENTY })).rejects.toThrow(
      /damaged/,
    );
    await expect(unzippedWhole(bytes, { ...entry, method: 99 }, { ...PLENTY })).rejects.toThrow(
      /does not know/,
    );
    await expect(
      unzippedWhole(bytes, { ...entry, encrypted: true }, { ...PLENTY }),
    ).rejects.toThrow(/encrypted/);
  });

  test("unpacks to more than is allowed, whatever its headers say", async () => {
    const bytes = archive();
    const [entry] = await zipEntries(bytes);
    if (!entry) throw new Error("no entry");
    await expect(unzippedWhole(bytes, entry, { bytes: 5_000 })).rejects.toThrow(/far more/);
  });
});

describe("what an archive unpacks to", () => {
  const PART = Buffer.alloc(64 * 1024 * 1024);
  const crc = crc32(PART);
  const deflated = deflateRawSync(PART);
  const head = Buffer.from("PK\x03\x04".padEnd(30, "\0"), "latin1");
  const least = PART.length / UNPACKED_RATIO;
  const archive = Buffer.concat([head, deflated, Buffer.alloc(Math.ceil(least))]);

  /** Unpacks the part, which takes up this much of the archive, and gives how large it is. */
  async function unpack(packed: number, allowance: Allowance): Promise<number> {
    const entry = { name: "a", method: 8, encrypted: false, crc, packed, offset: 0 };
    let size = 0;
    for await (const piece of unzipped(archive, entry, allowance)) size += piece.length;
    return size;
  }

  test("is at most so many times its packed size", async () => {
    expect(await unpack(Math.ceil(least), { ...PLENTY })).toBe(PART.length);
    await expect(unpack(Math.ceil(least) - 1, { ...PLENTY })).rejects.toThrow("far more");
  });

  test("is at most so much in all of its parts", async () => {
    const allowance = { bytes: UNPACKED_BYTES };
    for (let left = UNPACKED_BYTES; left > 0; left -= PART.length) {
      expect(await unpack(Math.ceil(least), allowance)).toBe(PART.length);
    }
    expect(allowance.bytes).toBe(0);
    await expect(unpack(Math.ceil(least), allowance)).rejects.toThrow("far more");
  }, 30_000);
});
