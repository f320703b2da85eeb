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
