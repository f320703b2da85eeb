import { ParleyError } from "~/errors";
import { attachment } from "./download";

/** What somebody has sent never acts as a page of ours, whatever a browser makes of it. */
const POLICY = "sandbox; default-src 'none'";

/** What was looked for; throws the 404 that absent and someone else's share. */
export function findFile<T>(found: T | undefined): T {
  if (found !== undefined) return found;
  throw new ParleyError("file-unknown", "There is no such file.", {
    status: 404,
    next: "It went with the last message that it belonged to.",
  });
}

/**
 * Bytes that somebody has sent, under an address that is their hash, so a browser may keep them for ever.
 * With a name they are to be saved under it, else they are shown in a page.
 */
export function fileResponse(bytes: Uint8Array, mediaType: string, name?: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": mediaType,
      "Content-Disposition": name === undefined ? "inline" : attachment(name),
      "Content-Security-Policy": POLICY,
      "Cache-Control": "private, max-age=31536000, immutable",
    },
  });
}
