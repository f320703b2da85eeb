import { create } from "content-disposition";

/** A file that a person has sent must never act as a page of ours. */
const SENT_FILE_POLICY = "sandbox; default-src 'none'";

/** A response that a browser saves as a file of this name. */
export function download(body: BodyInit, name: string, type: string): Response {
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": attachment(name),
      // It changes with the next message.
      "Cache-Control": "no-store",
    },
  });
}

/** The header that makes a browser save a response under a name (RFC 6266). */
export function attachment(name: string): string {
  // For browsers that know no other: ASCII letters, without what ends, escapes or encodes the text.
  const plain = name
    .normalize("NFKD")
    .replace(/[^\x20-\x7e]/g, "")
    .replace(/["\\%]/g, "");
  const fallback = /^\s*(\.\w+)?$/.test(plain) ? `conversation${plain.trim()}` : plain;
  return create(name, { fallback });
}

/**
 * Bytes that a person has sent, at an address that is their hash, so a browser may keep them for ever. They are
 * saved under the name; without one they are shown in a page.
 */
export function fileResponse(bytes: Uint8Array, mediaType: string, name?: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": mediaType,
      "Content-Disposition": name === undefined ? "inline" : attachment(name),
      "Content-Security-Policy": SENT_FILE_POLICY,
      "Cache-Control": "private, max-age=31536000, immutable",
    },
  });
}
