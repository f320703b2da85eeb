import { PICTURE_PIXELS } from "~/limits";
import { serialQueue } from "~/shared/serial";
import type { PictureFormat } from "./recognise";
import { FileRefusal } from "./refusal";

export interface Picture {
  /** Encoded again, without the metadata of a camera (place, time, owner). */
  bytes: Uint8Array;
  mediaType: string;
  width: number;
  height: number;
  /** WebP. */
  thumbnail: Uint8Array;
}

/** Models scale pictures down to less than this. */
const LONGEST_PX = 2_048;
const THUMBNAIL_PX = 320;

const END_OF_JPEG = Buffer.from([0xff, 0xd9]);

/** A decoded picture is large, and ten may come at once. */
const alone = serialQueue();

/**
 * A picture for storing: upright, at most 2,048 pixels on a side, never enlarged, without metadata. Throws a
 * FileRefusal if it is too large or cannot be decoded completely.
 */
export function preparePicture(
  name: string,
  bytes: Uint8Array,
  format: PictureFormat,
): Promise<Picture> {
  return alone(async () => {
    if (isCut(bytes, format)) throw damaged(name);
    try {
      const fitted = scaled(bytes, LONGEST_PX);
      const kept = await encoded(fitted, bytes, format).bytes();
      const thumbnail = await scaled(kept, THUMBNAIL_PX).webp({ quality: 75 }).bytes();
      const { width, height } = fitted;
      return { bytes: kept, mediaType: `image/${format}`, width, height, thumbnail };
    } catch (cause) {
      if ((cause as { code?: unknown }).code !== "ERR_IMAGE_TOO_MANY_PIXELS") {
        throw damaged(name, cause);
      }
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

/** Whether the end, or a header, is missing; the decoder would fill it with grey. */
function isCut(bytes: Uint8Array, format: PictureFormat): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === "png") return view.toString("latin1", 12, 16) !== "IHDR";
  if (format === "webp") return view.length < 12 || view.readUInt32LE(4) + 8 > view.length;
  let at = 2;
  while (at + 4 <= view.length && view[at] === 0xff) {
    const marker = view[at + 1];
    // After the start of the scan every FF D9 is the end; before it, a thumbnail may have one.
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
