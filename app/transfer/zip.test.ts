import { crc32, deflateRawSync } from "node:zlib";
import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { ARCHIVE_ENTRIES, UNPACKED_BYTES, UNPACKED_RATIO } from "~/limits";
import { directoryOf } from "../../tests/support/files";
import { BadFile } from "./bad-file";
import { type ByteAllowance, openZip, unzipped, unzippedWhole, type ZipEntry } from "./zip-reader";
import { type ZipFile, zipStream } from "./zip-writer";

async function written(files: Iterable<ZipFile>): Promise<Buffer> {
  async function* each() {
    yield* files;
  }
  return Buffer.concat(await Array.fromAsync(zipStream(each())));
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
  const zip = await openZip(archive);
  expect(zip.entries.map(({ name }) => name)).toEqual(["a.json", "folder/b.json"]);
  for (const entry of zip.entries) {
    expect((await unzippedWhole(zip, entry, { ...PLENTY })).toString()).toBe(long);
  }
});

test("more files than the first zip format counts", async () => {
  const many = Array.from({ length: 70_000 }, (_, n) => ({
    name: `${n}`,
    bytes: strToU8(`${n}`),
    modified,
  }));
  const archive = await written(many);
  const zip = await openZip(archive);
  expect(zip.entries).toHaveLength(70_000);
  const last = zip.entries.at(-1);
  expect(last && (await unzippedWhole(zip, last, { ...PLENTY })).toString()).toBe("69999");
});

describe("an archive that is not what it says", () => {
  const archive = () => Buffer.from(zipSync({ "a.json": strToU8(long) }));

  /** Unpacks its one file, of which the directory claims something else. */
  async function unpack(claim: Partial<ZipEntry>, allowance = { ...PLENTY }): Promise<Buffer> {
    const zip = await openZip(archive());
    const [entry] = zip.entries;
    if (!entry) throw new Error("no entry");
    return unzippedWhole(zip, { ...entry, ...claim }, allowance);
  }

  test("ends early", async () => {
    await expect(openZip(archive().subarray(0, -30))).rejects.toThrow(/no end/);
  });

  test("points past its end", async () => {
    const bytes = archive();
    bytes.writeUInt32LE(0xfffffff0, bytes.length - 6);
    await expect(openZip(bytes)).rejects.toThrow(/damaged/);
  });

  test("counts more files than it has", async () => {
    const bytes = archive();
    bytes.writeUInt16LE(9, bytes.length - 12);
    await expect(openZip(bytes)).rejects.toThrow(/damaged/);
  });

  test("has more files than an archive of conversations could need", async () => {
    const bytes = directoryOf(ARCHIVE_ENTRIES + 1);
    await expect(openZip(bytes)).rejects.toThrow(/more than 200,000 files/);
    expect((await openZip(directoryOf(ARCHIVE_ENTRIES))).entries).toHaveLength(ARCHIVE_ENTRIES);
  }, 30_000);

  test("has other bytes than it promised", async () => {
    await expect(unpack({ crc: 1 })).rejects.toThrow(/damaged/);
    await expect(unpack({ packed: 20 })).rejects.toThrow(/damaged/);
    await expect(unpack({ size: long.length - 1 })).rejects.toThrow(/damaged/);
    await expect(unpack({ size: long.length + 1 })).rejects.toThrow(/damaged/);
    await expect(unpack({ offset: 1 })).rejects.toThrow(/damaged/);
    await expect(unpack({ offset: 1e9 })).rejects.toThrow(/damaged/);
    await expect(unpack({ method: 99 })).rejects.toThrow(/does not know/);
    await expect(unpack({ encrypted: true })).rejects.toThrow(/encrypted/);
  });

  test("is encrypted", async () => {
    for (const flags of [1, 0x41]) {
      const bytes = archive();
      bytes.writeUInt16LE(flags, bytes.lastIndexOf("PK\x01\x02") + 8);
      const unpacked = openZip(bytes).then((zip) =>
        Promise.all(zip.entries.map((entry) => unzippedWhole(zip, entry, { ...PLENTY }))),
      );
      await expect(unpacked).rejects.toThrow(/is encrypted/);
    }
  });

  test("unpacks to more than is allowed, whatever its headers say", async () => {
    await expect(unpack({}, { bytes: 5_000 })).rejects.toThrow(/far more/);
  });

  test("has files of one name, or one inside the other: each is counted", async () => {
    const bytes = archive();
    const directory = bytes.lastIndexOf("PK\x01\x02");
    const record = bytes.subarray(directory, -22);
    const end = Buffer.from(bytes.subarray(-22));
    end.writeUInt16LE(3, 10);
    const zip = await openZip(
      Buffer.concat([bytes.subarray(0, directory), record, record, record, end]),
    );
    const allowance = { bytes: 2 * long.length };
    const sizes: number[] = [];
    const all = async () => {
      for (const entry of zip.entries) {
        sizes.push((await unzippedWhole(zip, entry, allowance)).length);
      }
    };
    await expect(all()).rejects.toThrow(/far more/);
    expect(sizes).toEqual([long.length, long.length]);
  });

  test("whatever byte of it is wrong, it is opened or refused with a sentence", async () => {
    const good = archive();
    for (let at = 0; at < good.length; at++) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const bytes = Buffer.from(good);
        bytes[at] = value;
        try {
          const zip = await openZip(bytes);
          for (const entry of zip.entries) await unzippedWhole(zip, entry, { ...PLENTY });
        } catch (error) {
          expect(error).toBeInstanceOf(BadFile);
        }
      }
    }
  });
});

describe("what an archive unpacks to", () => {
  const PART = Buffer.alloc(64 * 1024 * 1024);
  const deflated = deflateRawSync(PART);
  const crc = crc32(PART);
  const least = PART.length / UNPACKED_RATIO;

  /** Unpacks the part, which takes up this much of the archive, and gives how large it is. */
  async function unpack(packed: number, allowance: ByteAllowance): Promise<number> {
    const zip = await openZip(
      zipOf(Buffer.concat([deflated], packed), { method: 8, crc, size: PART.length }),
    );
    let size = 0;
    for (const entry of zip.entries) {
      for await (const chunk of unzipped(zip, entry, allowance)) size += chunk.length;
    }
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

/** An archive of one file, whose bytes are given as they are packed. */
function zipOf(packed: Buffer, claim: { method: number; crc: number; size: number }): Buffer {
  const head = Buffer.alloc(31);
  head.write("PK\x03\x04", "latin1");
  head.writeUInt16LE(1, 26);
  const record = Buffer.alloc(47);
  record.write("PK\x01\x02", "latin1");
  record.writeUInt16LE(claim.method, 10);
  record.writeUInt32LE(claim.crc, 16);
  record.writeUInt32LE(packed.length, 20);
  record.writeUInt32LE(claim.size, 24);
  record.writeUInt16LE(1, 28);
  record.write("a", 46);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(record.length, 12);
  end.writeUInt32LE(head.length + packed.length, 16);
  return Buffer.concat([head, packed, record, end]);
}
