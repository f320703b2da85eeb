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
