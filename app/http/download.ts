import { create } from "content-disposition";

/** An uploaded file must never act as a page of ours. */
const SENT_FILE_POLICY = "sandbox; default-src 'none'";

export function download(body: BodyInit, name: string, type: string): Response {
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": attachment(name),
      "Cache-Control": "no-store",
    },
  });
}

/** The Content-Disposition to save a response under a name (RFC 6266). */
export function attachment(name: string): string {
  // For old browsers: ASCII, without characters that end, escape or encode the text.
  const plain = name
    .normalize("NFKD")
    .replace(/[^\x20-\x7e]/g, "")
    .replace(/["\\%]/g, "");
  const fallback = /^\s*(\.\w+)?$/.test(plain) ? `conversation${plain.trim()}` : plain;
  return create(name, { fallback });
}

/** An uploaded file, cached for a year since its address is its hash; saved under the name, else shown inline. */
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
