import type { FileForHost } from "~/db/files";
import type { Message } from "~/db/messages";
import { paste } from "~/files/paste";
import type { ChatTurn } from "~/ollama/client";

/**
 * What the host is told: the branch up to the answer. An answer that was begun stays as the last turn,
 * which is how Ollama continues it; an empty one is left out, and so are earlier answers without text,
 * since some templates refuse two turns of one role. Files of text stand in the turn that they belong to,
 * pictures beside it.
 */
export function historyOf(
  branch: readonly Message[],
  files: readonly FileForHost[] = [],
): ChatTurn[] {
  const byMessage = Map.groupBy(files, ({ messageId }) => messageId);
  return branch
    .filter((message) => message.role !== "assistant" || message.content !== "")
    .map(({ id, role, content }) => ({ role, ...withFiles(content, byMessage.get(id) ?? []) }));
}

function withFiles(content: string, files: readonly FileForHost[]): Omit<ChatTurn, "role"> {
  const texts = files.flatMap(({ name, text }) => (text === null ? [] : [{ name, text }]));
  const images = files.flatMap(({ picture }) =>
    picture ? [Buffer.from(picture).toString("base64")] : [],
  );
  return { content: paste(texts, content), ...(images.length > 0 ? { images } : {}) };
}
