import type { OwnerDb } from "~/db/db";
import type { WholeConversation } from "~/db/transfer";
import { conversationFile, fileParts } from "./own-format";

/** With more bytes of files than this a conversation could not be taken in again: a request has its limit. */
const MOST_FILE_BYTES = 40 * 1024 * 1024;
/** A multiple of three, so that slices of base64 follow one another without a gap. */
const SLICE = 192 * 1024;

/**
 * A conversation as a JSON file of its own, as it is read, with the bytes of its files in it as far as they fit.
 * No more than one file is held at a time.
 */
export async function* conversationJson(
  db: OwnerDb,
  whole: WholeConversation,
): AsyncGenerator<Uint8Array, void> {
  const fitting = new Set<string>();
  let left = MOST_FILE_BYTES;
  for (const { hash, size } of whole.attachments) {
    if (fitting.has(hash) || size > left) continue;
    fitting.add(hash);
    left -= size;
  }
  // Stands in the text where bytes will; nobody can have written it.
  const mark = crypto.randomUUID();
  const places = new RegExp(`${mark}/(\\w+)`);
  const file = await conversationFile(whole, (hash) =>
    fitting.delete(hash) ? `${mark}/${hash}` : null,
  );
  for await (const part of fileParts(file)) {
    for (const [index, piece] of part.split(places).entries()) {
      if (index % 2 === 0) yield Buffer.from(piece);
      else yield* base64(await db.transfer.fileBytes(piece));
    }
  }
}

function* base64(bytes: Uint8Array | undefined): Generator<Uint8Array, void> {
  for (let at = 0; bytes && at < bytes.length; at += SLICE) {
    yield Buffer.from(Buffer.from(bytes.subarray(at, at + SLICE)).toString("base64"));
  }
}
