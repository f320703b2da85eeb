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

const NOT_ACCEPTED: { signatures: string[]; at: number; what: string; next: string }[] = [
  { signatures: ["GIF8"], at: 0, what: "a GIF picture", next: AS_PICTURE },
  {
    signatures: ["ftyphei", "ftyphev", "ftypmif1", "ftypmsf1"],
    at: 4,
    what: "a HEIC picture",
    next: AS_PICTURE,
  },
  { signatures: ["ftypavi"], at: 4, what: "an AVIF picture", next: AS_PICTURE },
  { signatures: ["BM"], at: 0, what: "a BMP picture", next: AS_PICTURE },
  { signatures: ["II*\0", "MM\0*"], at: 0, what: "a TIFF picture", next: AS_PICTURE },
  { signatures: ["ftyp"], at: 4, what: "a video or a recording", next: IN_WORDS },
  { signatures: ["ID3", "OggS", "fLaC"], at: 0, what: "a recording", next: IN_WORDS },
  { signatures: ["WAVE", "AVI "], at: 8, what: "a video or a recording", next: IN_WORDS },
  { signatures: ["\xd0\xcf\x11\xe0"], at: 0, what: "an old Office document", next: AS_PDF },
  {
    signatures: [
      "PK\x03\x04",
      "\x1f\x8b",
      "BZh",
      "7z\xbc\xaf",
      "Rar!",
      "\xfd7zXZ",
      "\x28\xb5\x2f\xfd",
    ],
    at: 0,
    what: "a packed archive",
    next: UNPACK,
  },
];

/** Names inside Office documents, which are zip archives. */
const OFFICE = /word\/|xl\/|ppt\/|mimetypeapplication\/(vnd\.oasis|epub)/;

const PICTURE_ENDINGS = new Set(["png", "jpg", "jpeg", "jfif", "webp"]);

/** Recognises a file by its content; throws FileRefusal if it is not accepted or contradicts its name. */
export function recognise(name: string, bytes: Uint8Array): Recognised {
  if (bytes.length === 0) throw new FileRefusal(`${name} is empty.`, "Choose a file that is not.");
  const found = detect(name, bytes);
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

function detect(name: string, bytes: Uint8Array): Recognised {
  const head = Buffer.from(bytes.subarray(0, 4_096)).toString("latin1");
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return { kind: "picture", format: "png" };
  if (head.startsWith("\xff\xd8\xff")) return { kind: "picture", format: "jpeg" };
  if (/^RIFF.{4}WEBP/s.test(head)) return { kind: "picture", format: "webp" };
  if (head.startsWith("%PDF-")) return { kind: "pdf" };
  const text = decodeText(bytes);
  if (!text) throw notText(name, head);
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/is.test(head)) {
    throw notAccepted(name, "an SVG drawing", `${AS_PICTURE} Its code can be pasted as text.`);
  }
  return { kind: "text", ...text };
}

function notText(name: string, head: string): FileRefusal {
  if (head.startsWith("PK") && OFFICE.test(head)) {
    return notAccepted(name, "an Office document", AS_PDF);
  }
  const known = NOT_ACCEPTED.find(({ signatures, at }) =>
    signatures.some((signature) => head.startsWith(signature, at)),
  );
  if (known) return notAccepted(name, known.what, known.next);
  return notAccepted(name, "neither a picture nor text", "If it is text, save it as UTF-8.");
}

function notAccepted(name: string, what: string, next: string): FileRefusal {
  return new FileRefusal(`${name} is ${what}.`, next);
}

export interface DecodedText {
  text: string;
  charset: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
}

const CONTROLS = new Set(
  Array.from({ length: 32 }, (_, code) => code).filter(
    (code) => ![0x08, 0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(code),
  ),
);
const UNASSIGNED = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Decodes UTF-8, UTF-16 with a byte order mark, or clear Windows-1252, with plain newlines; undefined if it is not text. */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, "utf-16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoded(bytes, "utf-16be");
  if (bytes.includes(0)) return undefined;
  const { controls, high, unassigned } = countBytes(bytes);
  if (controls > bytes.length / 200) return undefined;
  const text = decoded(bytes, "utf-8");
  if (text) return text;
  // In European languages, less than a quarter of letters have accents.
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

function countBytes(bytes: Uint8Array): { controls: number; high: number; unassigned: number } {
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
