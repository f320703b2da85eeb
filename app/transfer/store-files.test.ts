import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Db, openDb } from "~/db/db";
import { png } from "../../tests/support/files";
import { BadFile } from "./bad-file";
import { storeFiles } from "./store-files";

let db: Db;

beforeEach(async () => {
  db = await openDb(":memory:", "drizzle");
});
afterEach(() => db.close());

const noArchive = { fileBytes: async () => null };

test("a file that is damaged in its archive is left out, and the others are kept", async () => {
  const source = {
    async fileBytes(): Promise<Uint8Array> {
      throw new BadFile("damaged", "The archive is damaged: it cannot be unpacked.");
    },
  };
  const file = { name: "tide.txt", hash: null, bytes: null };
  const kept = await storeFiles({ db: db.of("local"), readPdf: async () => "", source }, [
    { ...file, hash: "a".repeat(64) },
    { ...file, bytes: Buffer.from("High water") },
  ]);
  const files = await db.of("local").files.loose(kept);
  expect(files.map(({ name, size }) => [name, size])).toEqual([["tide.txt", 10]]);
});

/** The bytes that are kept of a picture in an archive of ours. */
async function kept(bytes: Buffer): Promise<Buffer> {
  const hash = new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
  const into = { db: db.of("local"), readPdf: async () => "", source: noArchive };
  const ids = await storeFiles(into, [{ name: "picture", hash, bytes }]);
  const [file] = await db.of("local").files.loose(ids);
  return Buffer.from((await db.of("local").transfer.fileBytes(file?.hash ?? "")) ?? []);
}

describe("a picture that claims to be one of ours", () => {
  const picture = () => new Bun.Image(png(40, 30));
  const PLACE = "GPS 48.2082 N 16.3738 E";
  const formats = {
    png: () => picture().png().bytes(),
    jpeg: () => picture().jpeg({ quality: 90 }).bytes(),
    webp: () => picture().webp({ quality: 90 }).bytes(),
    "lossless webp": () => picture().webp({ lossless: true }).bytes(),
  };

  test.each(Object.entries(formats))("is kept as it is: %s", async (_, make) => {
    const bytes = Buffer.from(await make());
    expect(await kept(bytes)).toEqual(bytes);
  });

  test.each(Object.entries(formats))("loses what stands behind its end: %s", async (_, make) => {
    const bytes = Buffer.concat([await make(), Buffer.from(PLACE)]);
    const result = await kept(bytes);
    expect(result.length).toBeGreaterThan(0);
    expect(result.includes(PLACE)).toBe(false);
  });

  test("loses the place that a camera wrote into it: jpeg", async () => {
    const bytes = Buffer.from(await formats.jpeg());
    const exif = Buffer.from(`\xff\xe1\0\0Exif\0\0${PLACE}`, "latin1");
    exif.writeUInt16BE(exif.length - 2, 2);
    const result = await kept(Buffer.concat([bytes.subarray(0, 2), exif, bytes.subarray(2)]));
    expect(result.length).toBeGreaterThan(0);
    expect(result.includes(PLACE)).toBe(false);
  });

  test("loses the place that a camera wrote into it: webp", async () => {
    const bytes = Buffer.from(await formats.webp());
    const exif = Buffer.concat([Buffer.from("EXIF\0\0\0\0"), Buffer.from(PLACE.padEnd(24))]);
    exif.writeUInt32LE(24, 4);
    const all = Buffer.concat([bytes, exif]);
    all.writeUInt32LE(all.length - 8, 4);
    const result = await kept(all);
    expect(result.length).toBeGreaterThan(0);
    expect(result.includes(PLACE)).toBe(false);
  });

  test("is made as small as ours are, whatever size it claims", async () => {
    const large = Buffer.from(await new Bun.Image(png(3_000, 100)).png().bytes());
    expect((await new Bun.Image(await kept(large)).metadata()).width).toBe(2_048);
  });
});
