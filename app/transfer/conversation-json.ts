import type { Db } from "~/db/db";
import type { WholeConversation } from "~/db/transfer";
import { conversationFile, fileText } from "./own-format";

/** With more bytes of files than this a conversation could not be taken in again: a request has its limit. */
const MOST_FILE_BYTES = 40 * 1024 * 1024;

/** A conversation as a JSON file of its own, with the bytes of its files in it as far as they fit. */
export async function conversationJson(
  db: Db,
  ownerId: string,
  whole: WholeConversation,
): Promise<string> {
  const files = new Map<string, Uint8Array>();
  let left = MOST_FILE_BYTES;
  for (const { hash, size } of whole.attachments) {
    if (files.has(hash) || size > left) continue;
    const bytes = await db.transfer.fileBytes(ownerId, hash);
    if (!bytes) continue;
    files.set(hash, bytes);
    left -= size;
  }
  const given = new Set<string>();
  const once = (hash: string) => {
    if (given.has(hash)) return null;
    given.add(hash);
    return files.get(hash) ?? null;
  };
  return fileText(await conversationFile(whole, once));
}
