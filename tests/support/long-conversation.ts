import { Database } from "bun:sqlite";
import { join } from "node:path";

/** Message `n` of the long conversation says this; prompts have even numbers, answers odd ones. */
export const said = (n: number): string => `${n % 2 === 0 ? "Question" : "Answer"} ${n}.`;

/**
 * Writes a conversation of `length` messages into the file of a running Parley, since asking so often would
 * take minutes. `say` gives the text of each. Gives its id and the ids of its messages.
 */
export function addLongConversation(
  folder: string,
  length: number,
  say = said,
): { id: string; ids: string[]; path: string } {
  const db = new Database(join(folder, "parley.db"));
  const id = Bun.randomUUIDv7();
  const ids = Array.from({ length }, () => Bun.randomUUIDv7());
  const now = Date.now();
  const insert = db.query(`
    insert into messages
      (id, owner_id, conversation_id, parent_id, role, content, model, path_characters, created_at)
    values (?, 'local', ?, ?, ?, ?, ?, ?, ?)`);
  db.transaction(() => {
    db.query(`
      insert into conversations (id, owner_id, title, leaf_id, created_at, updated_at)
      values (?, 'local', 'A long one', ?, ?, ?)`).run(id, ids.at(-1) ?? null, now, now);
    let characters = 0;
    for (const [n, message] of ids.entries()) {
      const isPrompt = n % 2 === 0;
      const text = say(n);
      characters += text.length;
      const role = isPrompt ? "user" : "assistant";
      const model = isPrompt ? null : "gemma3:4b";
      insert.run(message, id, ids[n - 1] ?? null, role, text, model, characters, now + n);
    }
  })();
  db.close();
  return { id, ids, path: `/conversations/${id}` };
}
