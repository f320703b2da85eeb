import { endingOf } from "./name";
import { FileRefusal } from "./refusal";

export type PictureFormat = "png" | "jpeg" | "webp";

export type Recognised =
  | { kind: "picture"; format: PictureFormat }
  | { kind: "pdf" }
  | ({ kind: "text" } & DecodedText);

const AS_PICTURE = "Save it as PNG or JPEG, then choose that.";
const AS_PDF = "Save it as PDF or as text, then choose that.";
const IN_WORDS = "Write down what matters of it.";
const UNPACK = "Unpack it, then choose the files that matter.";

/** Files that no model can use, by the bytes at a position near their beginning. */
const NOT_TAKEN: { signs: string[]; at: number; what: string; next: string }[] = [
  { signs: ["GIF8"], at: 0, what: "a GIF picture", next: AS_PICTURE },
  {
    signs: ["ftyphei", "ftyphev", "ftypmif1", "ftypmsf1"],
    at: 4,
    what: "a HEIC picture",
    next: AS_PICTURE,
  },
  { signs: ["ftypavi"], at: 4, what: "an AVIF picture", next: AS_PICTURE },
  { signs: ["BM"], at: 0, what: "a BMP picture", next: AS_PICTURE },
  { signs: ["II*\0", "MM\0*"], at: 0, what: "a TIFF picture", next: AS_PICTURE },
  { signs: ["ftyp"], at: 4, what: "a video or a recording", next: IN_WORDS },
  { signs: ["ID3", "OggS", "fLaC"], at: 0, what: "a recording", next: IN_WORDS },
  { signs: ["WAVE", "AVI "], at: 8, what: "a video or a recording", next: IN_WORDS },
  { signs: ["\xd0\xcf\x11\xe0"], at: 0, what: "an old Office document", next: AS_PDF },
  {
    signs: ["PK\x03\x04", "\x1f\x8b", "BZh", "7z\xbc\xaf", "Rar!", "\xfd7zXZ", "\x28\xb5\x2f\xfd"],
    at: 0,
    what: "a packed archive",
    next: UNPACK,
  },
];

/** Office documents are zip archives too; the names inside tell. */
const OFFICE = /word\/|xl\/|ppt\/|mimetypeapplication\/(vnd\.oasis|epub)/;

const PICTURE_ENDINGS = new Set(["png", "jpg", "jpeg", "jfif", "webp"]);

/**
 * Recognises a file by its content, never by its name. Throws a FileRefusal if no model can use it, or if its content
 * contradicts its name.
 */
export function recognise(name: string, bytes: Uint8Array): Recognised {
  if (bytes.length === 0) throw new FileRefusal(`${name} is empty.`, "Choose a file that is not.");
  const found = look(name, bytes);
  const ending = endingOf(name);
  if (found.kind !== "picture" && PICTURE_ENDINGS.has(ending)) {
    throw new FileRefusal(
      `${name} is not a picture, though its name says so.`,
      "Open it to see what it is; it may have been damaged or misnamed.",
    );
  }
  if (found.kind !== "pdf" && ending === "pdf") {
    throw new FileRefusal(
      `${name} is not a PDF, though its name says so.`,
      "Open it to see what it is; it may have been damaged or misnamed.",
    );
  }
  return found;
}

function look(name: string, bytes: Uint8Array): Recognised {
  const head = Buffer.from(bytes.subarray(0, 4_096)).toString("latin1");
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return { kind: "picture", format: "png" };
  if (head.startsWith("\xff\xd8\xff")) return { kind: "picture", format: "jpeg" };
  if (/^RIFF.{4}WEBP/s.test(head)) return { kind: "picture", format: "webp" };
  if (head.startsWith("%PDF-")) return { kind: "pdf" };
  const text = decodeText(bytes);
  if (!text) throw notText(name, head);
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/is.test(head)) {
    throw notTaken(name, "an SVG drawing", `${AS_PICTURE} Its code can be pasted as text.`);
  }
  return { kind: "text", ...text };
}

function notText(name: string, head: string): FileRefusal {
  if (head.startsWith("PK") && OFFICE.test(head)) {
    return notTaken(name, "an Office document", AS_PDF);
  }
  const known = NOT_TAKEN.find(({ signs, at }) => signs.some((sign) => head.startsWith(sign, at)));
  if (known) return notTaken(name, known.what, known.next);
  return notTaken(name, "neither a picture nor text", "If it is text, save it as UTF-8.");
}

function notTaken(name: string, what: string, next: string): FileRefusal {
  return new FileRefusal(`${name} is ${what}.`, next);
}

export interface DecodedText {
  text: string;
  /** As in a Content-Type. */
  charset: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
}

/** Rare in text but not in other data; without tabs, line ends and form feeds. */
const CONTROLS = new Set(
  Array.from({ length: 32 }, (_, code) => code).filter(
    (code) => ![0x08, 0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(code),
  ),
);
const UNASSIGNED = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/**
 * The text of the bytes, with plain newlines: UTF-8, UTF-16 with its mark, or Windows-1252 if it is clearly text.
 * Undefined if they are no text.
 */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, "utf-16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoded(bytes, "utf-16be");
  if (bytes.includes(0)) return undefined;
  const { controls, high, unassigned } = census(bytes);
  if (controls > bytes.length / 200) return undefined;
  const text = decoded(bytes, "utf-8");
  if (text) return text;
  // In European languages fewer than every fourth letter has an accent.
  if (controls > 0 || unassigned > 0 || high > bytes.length / 4) return undefined;
  return decoded(bytes, "windows-1252");
}

function decoded(bytes: Uint8Array, charset: DecodedText["charset"]): DecodedText | undefined {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
    if (text.includes("\0")) return undefined;
    return { text: text.replaceAll("\r\n", "\n"), charset };
  } catch {
    return undefined;
  }
}

function census(bytes: Uint8Array): { controls: number; high: number; unassigned: number } {
  const found = { controls: 0, high: 0, unassigned: 0 };
  for (const byte of bytes) {
    if (byte < 0x20) {
      if (CONTROLS.has(byte)) found.controls++;
    } else if (byte >= 0x80) {
      found.high++;
      if (UNASSIGNED.has(byte)) found.unassigned++;
    }
  }
  return found;
}
