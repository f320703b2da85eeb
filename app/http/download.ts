import { contentDisposition } from "~/transfer/file-name";

/** A response that a browser saves as a file of this name. */
export function download(body: BodyInit, name: string, type: string): Response {
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": contentDisposition(name),
      // It is what was said until now.
      "Cache-Control": "no-store",
    },
  });
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
