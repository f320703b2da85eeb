import { describe, expect, test } from "vitest";
import { PICTURE_PIXELS } from "~/limits";
import { png } from "../../tests/support/files";
import { preparePicture } from "./picture";

/** A JPEG of 400 by 200 pixels, on its side and with a place in its EXIF as a phone writes it. */
async function photo(): Promise<Buffer> {
  const plain = await new Bun.Image(png(400, 200)).jpeg().bytes();
  const tiff = Buffer.alloc(60);
  tiff.write("MM\0*", 0, "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  // Orientation 6: the camera was held upright.
  for (const [value, at] of [
    [0x0112, 10],
    [3, 12],
    [6, 18],
  ] as const) {
    tiff.writeUInt16BE(value, at);
  }
  tiff.writeUInt32BE(1, 14);
  tiff.write("GPS 48.65N 2.02W", 30);
  const exif = Buffer.concat([Buffer.from("Exif\0\0"), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([plain.subarray(0, 2), head, exif, plain.subarray(2)]);
}

test("a photo is turned upright, and what the camera wrote beside it is gone", async () => {
  const before = await photo();
  expect(before.includes("GPS")).toBe(true);
  const picture = await preparePicture("photo.jpg", before, "jpeg");
  expect(picture).toMatchObject({ mediaType: "image/jpeg", width: 200, height: 400 });
  expect(Buffer.from(picture.bytes).includes("GPS")).toBe(false);
  expect(Buffer.from(picture.bytes).includes("Exif")).toBe(false);
});

test("a small picture is not enlarged, not even for its thumbnail", async () => {
  const picture = await preparePicture("dot.png", png(3, 2), "png");
  expect(picture).toMatchObject({ width: 3, height: 2 });
  expect(await new Bun.Image(picture.thumbnail).metadata()).toMatchObject({ width: 3, height: 2 });
});

describe("a picture that is not whole", () => {
  const webp = () => new Bun.Image(png(300, 300)).webp().bytes();
  const jpeg = () => new Bun.Image(png(300, 300)).jpeg().bytes();

  test.each<[string, "png" | "jpeg" | "webp", () => Promise<Uint8Array> | Uint8Array]>([
    ["a PNG cut off", "png", () => png(90, 90).subarray(0, 80)],
    [
      "the sign of a PNG and garbage",
      "png",
      () => Buffer.concat([png(1, 1).subarray(0, 8), Buffer.alloc(90, 7)]),
    ],
    ["a JPEG cut off by little", "jpeg", async () => (await jpeg()).slice(0, -2)],
    ["a JPEG cut off by much", "jpeg", async () => (await jpeg()).slice(0, 100)],
    [
      "a photo whose thumbnail alone has an end",
      "jpeg",
      async () => {
        const whole = await photo();
        whole.set([0xff, 0xd9], 50);
        return whole.subarray(0, -2);
      },
    ],
    ["a WebP cut off", "webp", async () => (await webp()).slice(0, -10)],
  ])("is refused: %s", async (_, format, make) => {
    await expect(preparePicture("cut", await make(), format)).rejects.toThrow(
      "cut is a picture that is damaged or cut off.",
    );
  });
});

test("a picture may have as many pixels as the limit", async () => {
  const side = Math.sqrt(PICTURE_PIXELS);
  const picture = await preparePicture("large.png", png(side, side), "png");
  expect(picture).toMatchObject({ width: 2_048, height: 2_048 });
}, 30_000);

test("a picture whose header claims too many pixels is not decoded at all", async () => {
  const [width, height] = [401, (PICTURE_PIXELS + 1) / 401];
  expect(height % 1).toBe(0);
  const bomb = png(1, 1, { width, height });
  await expect(preparePicture("bomb.png", bomb, "png")).rejects.toThrow(/64 million pixels/);
});
