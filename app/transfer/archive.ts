import type { OwnerDb } from "~/db/db";
import type { WholeConversation } from "~/db/transfer";
import { fileName, markdownOf } from "./conversation-export";
import { conversationFile, fileParts } from "./own-format";
import { type ZipFile, zipStream } from "./zip-writer";

/** `parley.json`, the last file of an archive. */
export interface Manifest {
  format: "parley-archive";
  version: 1;
  parley: string;
  writtenAt: string;
  conversations: number;
  files: number;
}

const IDS_AT_ONCE = 100;
const COMPRESSIBLE = /^text\/|json|xml/;

/** All data of an owner as a zip archive: conversations as JSON and as Markdown, files by hash, a manifest. */
export function archive(db: OwnerDb, version: string): AsyncGenerator<Uint8Array, void> {
  return zipStream(entries(db, version));
}

async function* entries(db: OwnerDb, version: string): AsyncGenerator<ZipFile, void> {
  const begun = Date.now();
  const written = new Set<string>();
  let conversations = 0;
  for await (const id of idsOf(db)) {
    const whole = await db.transfer.whole(id);
    if (!whole) continue; // deleted meanwhile
    conversations++;
    yield await jsonEntry(whole);
    yield markdownEntry(whole);
    yield* fileEntries(db, whole, written);
  }
  const manifest: Manifest = {
    format: "parley-archive",
    version: 1,
    parley: version,
    writtenAt: new Date(begun).toISOString(),
    conversations,
    files: written.size,
  };
  const bytes = Buffer.from(JSON.stringify(manifest, null, 2));
  yield { name: "parley.json", bytes, modified: begun };
}

async function jsonEntry(whole: WholeConversation): Promise<ZipFile> {
  const { id, updatedAt: modified } = whole.conversation;
  const json: Buffer[] = [];
  for await (const part of fileParts(await conversationFile(whole, () => null))) {
    json.push(Buffer.from(part));
  }
  return { name: `conversations/${id}.json`, bytes: Buffer.concat(json), modified };
}

function markdownEntry(whole: WholeConversation): ZipFile {
  const { id, title, updatedAt: modified } = whole.conversation;
  const day = new Date(modified).toISOString().slice(0, 10);
  // The end of the id tells conversations with the same title apart.
  const name = `markdown/${day} ${fileName(title)} ${id.slice(-6)}.md`;
  return { name, bytes: Buffer.from(markdownOf(whole)), modified };
}

async function* fileEntries(
  db: OwnerDb,
  { conversation, attachments }: WholeConversation,
  written: Set<string>,
): AsyncGenerator<ZipFile, void> {
  for (const { hash, mediaType } of attachments) {
    if (written.has(hash)) continue;
    const bytes = await db.transfer.fileBytes(hash);
    if (!bytes) continue;
    written.add(hash);
    const stored = !COMPRESSIBLE.test(mediaType);
    yield { name: `files/${hash}`, bytes, modified: conversation.updatedAt, stored };
  }
}

/** Reads pages of ids, since conversations may be added or deleted while the archive is written. */
async function* idsOf(db: OwnerDb): AsyncGenerator<string, void> {
  let after: string | undefined = "";
  while (after !== undefined) {
    const ids: string[] = await db.transfer.ids(after, IDS_AT_ONCE);
    yield* ids;
    after = ids.at(-1);
  }
}
