import { unknownConversation } from "~/conversations/find";
import type { OwnerDb } from "~/db/db";
import type { WholeConversation } from "~/db/transfer";
import { conversationFile, fileParts } from "./own-format";

/** More bytes of files than this could not be imported again: a request has its limit. */
const MOST_FILE_BYTES = 40 * 1024 * 1024;
/** A multiple of three, so that slices of base64 follow one another without padding. */
const SLICE = 192 * 1024;

/** A conversation with its messages and files; throws the 404 that absent and someone else's share. */
export async function findWhole(db: OwnerDb, id: string): Promise<WholeConversation> {
  const whole = await db.transfer.whole(id);
  if (!whole) throw unknownConversation();
  return whole;
}

/**
 * A conversation as a JSON file of its own, with as many of its files inside as fit. No more than one file is held at
 * a time.
 */
export async function* conversationJson(
  db: OwnerDb,
  whole: WholeConversation,
): AsyncGenerator<Uint8Array, void> {
  const fitting = fittingFiles(whole);
  // Stands in the text for the bytes of a file; nobody can have written it.
  const mark = crypto.randomUUID();
  const places = new RegExp(`${mark}/(\\w+)`);
  const file = await conversationFile(whole, (hash) =>
    fitting.delete(hash) ? `${mark}/${hash}` : null,
  );
  for await (const part of fileParts(file)) {
    for (const [index, textOrHash] of part.split(places).entries()) {
      if (index % 2 === 0) yield Buffer.from(textOrHash);
      else yield* base64(await db.transfer.fileBytes(textOrHash));
    }
  }
}

function fittingFiles({ attachments }: WholeConversation): Set<string> {
  const fitting = new Set<string>();
  let left = MOST_FILE_BYTES;
  for (const { hash, size } of attachments) {
    if (fitting.has(hash) || size > left) continue;
    fitting.add(hash);
    left -= size;
  }
  return fitting;
}

function* base64(bytes: Uint8Array | undefined): Generator<Uint8Array, void> {
  for (let at = 0; bytes && at < bytes.length; at += SLICE) {
    yield Buffer.from(Buffer.from(bytes.subarray(at, at + SLICE)).toString("base64"));
  }
}
