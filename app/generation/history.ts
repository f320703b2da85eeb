import type { Message } from "~/db/messages";
import type { ChatTurn } from "~/ollama/client";

/**
 * What the host is told: the branch up to the answer. An answer that was begun stays as the last turn,
 * which is how Ollama continues it; an empty one is left out, and so are earlier answers without text,
 * since some templates refuse two turns of one role.
 */
export function historyOf(branch: readonly Message[]): ChatTurn[] {
  return branch
    .filter((message) => message.role !== "assistant" || message.content !== "")
    .map(({ role, content }) => ({ role, content }));
}
