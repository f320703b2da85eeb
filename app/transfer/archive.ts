import type { OwnerDb } from "~/db/db";
import { fileName } from "./file-name";
import { markdownOf } from "./markdown";
import { conversationFile, fileParts } from "./own-format";
import { type ZipFile, zipStream } from "./zip-writer";

/** What an archive says of itself, in `parley.json`: it is written last, when all is known. */
export interface Manifest {
  format: "parley-archive";
  version: 1;
  /** The Parley that wrote it. */
  parley: string;
  writtenAt: string;
  conversations: number;
  files: number;
}

const AT_A_TIME = 100;
/** Text gets smaller; the rest has been packed by its own format. */
const PACKS = /^text\/|json|xml/;

/**
 * Everything of an owner as a zip archive, as it is read: `conversations/<id>.json` with all of each,
 * `markdown/…` to be read, `files/<hash>`, and the manifest.
 */
export function archive(db: OwnerDb, version: string): AsyncGenerator<Uint8Array, void> {
  return zipStream(everything(db, version));
}

async function* everything(db: OwnerDb, version: string): AsyncGenerator<ZipFile, void> {
  const begun = Date.now();
  const written = new Set<string>();
  let conversations = 0;
  for await (const id of idsOf(db)) {
    const whole = await db.transfer.whole(id);
    // It was deleted meanwhile.
    if (!whole) continue;
    conversations++;
    const { title, updatedAt: modified } = whole.conversation;
    const json: Buffer[] = [];
    for await (const part of fileParts(await conversationFile(whole, () => null))) {
      json.push(Buffer.from(part));
    }
    yield { name: `conversations/${id}.json`, bytes: Buffer.concat(json), modified };
    const day = new Date(modified).toISOString().slice(0, 10);
    // The end of the id sets those of one title apart.
    const name = `markdown/${day} ${fileName(title)} ${id.slice(-6)}.md`;
    yield { name, bytes: Buffer.from(markdownOf(whole)), modified };
    for (const { hash, mediaType } of whole.attachments) {
      if (written.has(hash)) continue;
      const bytes = await db.transfer.fileBytes(hash);
      if (!bytes) continue;
      written.add(hash);
      yield { name: `files/${hash}`, bytes, modified, stored: !PACKS.test(mediaType) };
    }
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

/** Page by page: conversations may come and go while the archive is written. */
async function* idsOf(db: OwnerDb): AsyncGenerator<string, void> {
  let after = "";
  for (;;) {
    const ids = await db.transfer.ids(after, AT_A_TIME);
    yield* ids;
    const last = ids.at(-1);
    if (last === undefined) return;
    after = last;
  }
}
