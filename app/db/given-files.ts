import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { ParleyError } from "~/errors";
import { attachments, messages } from "./schema";
import type { Scope } from "./scope";

export type FilesFrom =
  | { loose: readonly string[] }
  | { message: string }
  | { waitingPrompt: string };

export const LOOSE = and(isNull(attachments.messageId), isNull(attachments.waitingPromptId));

/** Attaches files to a message without an answer yet, since its counts change. Throws if a loose one is gone. */
export function attachFiles(scope: Scope, messageId: string, from: FilesFrom): void {
  const { db, ownerId } = scope;
  if ("message" in from) share(scope, messageId, from.message);
  else if ("loose" in from) takeLoose(scope, from.loose, { messageId });
  else {
    db.update(attachments)
      .set({ messageId, waitingPromptId: null })
      .where(
        and(eq(attachments.ownerId, ownerId), eq(attachments.waitingPromptId, from.waitingPrompt)),
      )
      .run();
  }
  db.update(messages)
    .set({
      pathCharacters: sql`path_characters + ${charactersOfFiles(messageId)}`,
      pathPictures: sql`path_pictures + (select count(*) from attachments a
        where a.message_id = ${messageId} and a.kind = 'picture')`,
    })
    .where(eq(messages.id, messageId))
    .run();
}

/** Attaches loose files to a new waiting prompt; throws if one is gone. */
export function attachFilesToWaiting(
  scope: Scope,
  waitingPromptId: string,
  loose: readonly string[],
): void {
  takeLoose(scope, loose, { waitingPromptId });
}

function takeLoose(
  { db, ownerId }: Scope,
  ids: readonly string[],
  by: { messageId: string } | { waitingPromptId: string },
): void {
  const taken = db
    .update(attachments)
    .set(by)
    .where(and(eq(attachments.ownerId, ownerId), inArray(attachments.id, [...ids]), LOOSE))
    .returning({ id: attachments.id })
    .all();
  if (taken.length === ids.length) return;
  throw new ParleyError("file-gone", "A file that waited here is gone.", {
    kind: "invalid",
    next: "It was sent already, or is older than a day. Choose it again if it is missing.",
  });
}

function share({ db, ownerId }: Scope, messageId: string, otherId: string): void {
  const shared = db
    .select()
    .from(attachments)
    .where(and(eq(attachments.ownerId, ownerId), eq(attachments.messageId, otherId)))
    .orderBy(asc(attachments.id))
    .all();
  for (const attachment of shared) {
    db.insert(attachments)
      .values({ ...attachment, id: Bun.randomUUIDv7(), messageId })
      .run();
  }
}

/** About the length that files/paste.ts makes of them: it adds some 20 characters to a text. */
function charactersOfFiles(messageId: string) {
  return sql`coalesce((
    select sum(length(f.text) + length(a.name) + 20)
    from attachments a join files f on f.owner_id = a.owner_id and f.hash = a.hash
    where a.message_id = ${messageId} and a.kind <> 'picture'), 0)`;
}
