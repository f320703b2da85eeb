/** A proxy may close a connection that is quiet for a minute. */
export const SIGN_OF_LIFE_MS = 15_000;

/**
 * Headers of a response that streams. Its connection closes at the end: it may be quiet for as long as the
 * stream likes, and would stay open for ever after it.
 */
export const STREAM_HEADERS = {
  Connection: "close",
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

/** A response body from chunks of text: each is sent at once, and a reader who leaves ends the generator. */
export function textStream(chunks: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return();
    },
  });
}
