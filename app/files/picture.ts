import { PICTURE_PIXELS } from "~/limits";
import { serialQueue } from "~/shared/promises";
import type { PictureFormat } from "./recognise";
import { FileRefusal } from "./refusal";

export interface Picture {
  /** Without metadata such as place, time and owner. */
  bytes: Uint8Array;
  mediaType: string;
  width: number;
  height: number;
  /** WebP. */
  thumbnail: Uint8Array;
}

/** Models scale pictures down to less than this. */
const MAX_SIDE_PX = 2_048;
const THUMBNAIL_PX = 320;

const END_OF_JPEG = Buffer.from([0xff, 0xd9]);

/** Decoded pictures are large, and ten may arrive at once. */
const oneAtATime = serialQueue();

/** Encodes a picture upright, at most MAX_SIDE_PX a side, without metadata; throws FileRefusal if it is too large or damaged. */
export function preparePicture(
  name: string,
  bytes: Uint8Array,
  format: PictureFormat,
): Promise<Picture> {
  return oneAtATime(async () => {
    if (isTruncated(bytes, format)) throw damaged(name);
    try {
      const fitted = scaled(bytes, MAX_SIDE_PX);
      const kept = await encoded(fitted, bytes, format).bytes();
      const thumbnail = await scaled(kept, THUMBNAIL_PX).webp({ quality: 75 }).bytes();
      const { width, height } = fitted;
      return { bytes: kept, mediaType: `image/${format}`, width, height, thumbnail };
    } catch (cause) {
      if (!(cause instanceof Error && "code" in cause)) throw damaged(name, cause);
      if (cause.code !== "ERR_IMAGE_TOO_MANY_PIXELS") throw damaged(name, cause);
      throw new FileRefusal(
        `${name} has more than ${PICTURE_PIXELS / 1_000_000} million pixels.`,
        "Make it smaller, then choose it again.",
        { cause },
      );
    }
  });
}

function scaled(bytes: Uint8Array, longest: number): Bun.Image {
  return new Bun.Image(bytes, { maxPixels: PICTURE_PIXELS }).resize(longest, longest, {
    fit: "inside",
    withoutEnlargement: true,
  });
}

function encoded(picture: Bun.Image, original: Uint8Array, format: PictureFormat): Bun.Image {
  if (format === "png") return picture.png();
  if (format === "jpeg") return picture.jpeg({ quality: 90 });
  const lossless = Buffer.from(original.subarray(12, 16)).toString("latin1") === "VP8L";
  return picture.webp(lossless ? { lossless } : { quality: 90 });
}

/** Whether the header or the end is missing; the decoder would fill it with grey. */
function isTruncated(bytes: Uint8Array, format: PictureFormat): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === "png") return view.toString("latin1", 12, 16) !== "IHDR";
  if (format === "webp") return view.length < 12 || view.readUInt32LE(4) + 8 > view.length;
  let at = 2;
  while (at + 4 <= view.length && view[at] === 0xff) {
    const marker = view[at + 1];
    // Before the scan starts, a thumbnail may contain the marker of the end.
    if (marker === 0xda) return view.lastIndexOf(END_OF_JPEG) < at;
    at += marker === 0xff ? 1 : 2 + view.readUInt16BE(at + 2);
  }
  return true;
}

function damaged(name: string, cause?: unknown): FileRefusal {
  return new FileRefusal(
    `${name} is a picture that is damaged or cut off.`,
    "Save or download it again, then choose it again.",
    { cause },
  );
}

/** Whether a picture has no metadata and nothing after its end, as Parley encodes it. */
export function isBarePicture(bytes: Uint8Array, format: PictureFormat): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return { png: isBarePng, jpeg: isBareJpeg, webp: isBareWebp }[format](view);
  } catch {
    // A length points past the end.
    return false;
  }
}

const PNG_CHUNKS = new Set([
  "IHDR",
  "PLTE",
  "tRNS",
  "iCCP",
  "sRGB",
  "gAMA",
  "cHRM",
  "IDAT",
  "IEND",
]);
const PNG_CHUNK_OVERHEAD = 12;

function isBarePng(view: Buffer): boolean {
  let at = 8;
  let type = "";
  while (type !== "IEND") {
    type = view.toString("latin1", at + 4, at + 8);
    if (!PNG_CHUNKS.has(type)) return false;
    at += PNG_CHUNK_OVERHEAD + view.readUInt32BE(at);
  }
  return at === view.length;
}

const WEBP_CHUNKS = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ICCP"]);

function isBareWebp(view: Buffer): boolean {
  if (view.readUInt32LE(4) + 8 !== view.length) return false;
  let at = 12;
  while (at < view.length) {
    if (!WEBP_CHUNKS.has(view.toString("latin1", at, at + 4))) return false;
    const length = view.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
  return at === view.length;
}

const JFIF_LENGTH = 16;
const ICC = "ICC_PROFILE\0";

function isBareJpeg(view: Buffer): boolean {
  let at = 2;
  for (;;) {
    if (view.readUInt8(at) !== 0xff) return false;
    const marker = view.readUInt8(at + 1);
    if (marker === END) return at + 2 === view.length;
    const length = view.readUInt16BE(at + 2);
    if (!isBareJpegSegment(marker, view.subarray(at + 4, at + 2 + length))) return false;
    at += 2 + length;
    if (marker === SCAN) at = scanEnd(view, at);
  }
}

const SCAN = 0xda;
const END = 0xd9;
const JPEG_SEGMENTS = new Set([0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd, SCAN]);

function isBareJpegSegment(marker: number, content: Buffer): boolean {
  if (marker === 0xe0) {
    return content.length === JFIF_LENGTH - 2 && content.toString("latin1", 0, 5) === "JFIF\0";
  }
  if (marker === 0xe2) return content.toString("latin1", 0, ICC.length) === ICC;
  return JPEG_SEGMENTS.has(marker);
}

/** The position after the data of a scan, which may contain escaped bytes and restart markers. */
function scanEnd(view: Buffer, from: number): number {
  for (let at = view.indexOf(0xff, from); at !== -1; at = view.indexOf(0xff, at + 2)) {
    const next = view.readUInt8(at + 1);
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return view.length;
}
