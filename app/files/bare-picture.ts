import type { PictureFormat } from "./recognise";

/** Whether the bytes are a picture and nothing else, as Parley writes them: no metadata, and nothing after the end. */
export function isBarePicture(bytes: Uint8Array, format: PictureFormat): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return { png: isBarePng, jpeg: isBareJpeg, webp: isBareWebp }[format](view);
  } catch {
    // The length points past the end.
    return false;
  }
}

const PNG_PARTS = new Set(["IHDR", "PLTE", "tRNS", "iCCP", "sRGB", "gAMA", "cHRM", "IDAT", "IEND"]);
const PNG_FRAME = 12;

function isBarePng(view: Buffer): boolean {
  let at = 8;
  let type = "";
  while (type !== "IEND") {
    type = view.toString("latin1", at + 4, at + 8);
    if (!PNG_PARTS.has(type)) return false;
    at += PNG_FRAME + view.readUInt32BE(at);
  }
  return at === view.length;
}

const WEBP_PARTS = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ICCP"]);

function isBareWebp(view: Buffer): boolean {
  if (view.readUInt32LE(4) + 8 !== view.length) return false;
  let at = 12;
  while (at < view.length) {
    if (!WEBP_PARTS.has(view.toString("latin1", at, at + 4))) return false;
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
    if (!isJpegPart(marker, view.subarray(at + 4, at + 2 + length))) return false;
    at += 2 + length;
    if (marker === SCAN) at = scanEnd(view, at);
  }
}

const SCAN = 0xda;
const END = 0xd9;
/** Frames, tables and scans. */
const JPEG_PARTS = new Set([0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd, SCAN]);

function isJpegPart(marker: number, content: Buffer): boolean {
  if (marker === 0xe0) {
    return content.length === JFIF_LENGTH - 2 && content.toString("latin1", 0, 5) === "JFIF\0";
  }
  if (marker === 0xe2) return content.toString("latin1", 0, ICC.length) === ICC;
  return JPEG_PARTS.has(marker);
}

/** Where the next marker after the data of a scan is; escaped bytes and restarts belong to the data. */
function scanEnd(view: Buffer, from: number): number {
  for (let at = view.indexOf(0xff, from); at !== -1; at = view.indexOf(0xff, at + 2)) {
    const next = view.readUInt8(at + 1);
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return view.length;
}
