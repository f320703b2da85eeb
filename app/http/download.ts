import { create } from "content-disposition";

/** A response that a browser saves as a file of this name. */
export function download(body: BodyInit, name: string, type: string): Response {
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": attachment(name),
      // It is what was said until now.
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

/** A response body from pieces of bytes, read as fast as they are taken. */
export function byteStream(pieces: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return();
    },
  });
}
