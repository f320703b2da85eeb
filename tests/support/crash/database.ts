import { Database } from "bun:sqlite";
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a database file holds, as far as a crash could spoil it. */
export interface Kept {
  prompts: Set<string>;
  /** The source of each answer by its message, with what a running generation has recorded. */
  answers: Map<string, KeptAnswer>;
  /** Generations in the order in which they were asked for. */
  generations: KeptGeneration[];
  /** Anything that must never be there, in words. */
  faults: string[];
}

export interface KeptAnswer {
  text: string;
  conversationId: string;
}

export interface KeptGeneration {
  id: string;
  messageId: string;
  state: string;
}

/** Rows that show a half-written turn, and chunks of a generation that has ended. */
const NEVER = {
  "a prompt without an answer to come": `select id from messages m where role = 'user'
    and not exists (select 1 from messages c where c.parent_id = m.id and c.role = 'assistant')`,
  "an answer without a generation": `select id from messages m where role = 'assistant'
    and not exists (select 1 from generations g where g.message_id = m.id)`,
  "a conversation without its leaf": `select id from conversations c
    where not exists (select 1 from messages m where m.id = c.leaf_id and m.conversation_id = c.id)`,
  "a chunk of a generation that does not run": `select generation_id as id from pieces p
    join generations g on g.id = p.generation_id where g.state <> 'running'`,
};

/** Reads what is in a database that a Parley may have open. */
export function readKept(file: string): Kept {
  const db = new Database(file);
  try {
    const rows = <Row>(query: string) => db.query<Row, []>(query).all();
    const faults = Object.entries(NEVER).flatMap(([fault, query]) =>
      rows<{ id: string }>(query).map(({ id }) => `${fault}: ${id}`),
    );
    const [check] = rows<{ integrity_check: string }>("pragma integrity_check");
    if (check?.integrity_check !== "ok") faults.push(`integrity_check: ${check?.integrity_check}`);
    if (rows("pragma foreign_key_check").length > 0) faults.push("a foreign key leads nowhere");
    // One that was sent while an answer was being written waits for it.
    const prompts = rows<{ content: string }>(`select content from messages where role = 'user'
      union all select prompt from waiting_prompts`);
    return {
      prompts: new Set(prompts.map(({ content }) => content)),
      answers: new Map(
        rows<{ id: string; conversationId: string; text: string }>(
          `select m.id, m.conversation_id as conversationId, m.content || coalesce((
             select group_concat(content, '') from (select p.content from pieces p
             join generations g on g.id = p.generation_id where g.message_id = m.id order by p.seq)
           ), '') as text from messages m where role = 'assistant'`,
        ).map(({ id, ...answer }) => [id, answer]),
      ),
      generations: rows<KeptGeneration>(
        "select id, message_id as messageId, state from generations order by id",
      ),
      faults,
    };
  } finally {
    db.close();
  }
}

/** Reads what a killed Parley has left; on a copy, so that mending the file stays Parley's own affair. */
export function readLeft(file: string): Kept {
  const folder = mkdtempSync(join(tmpdir(), "parley-left-"));
  try {
    const copy = join(folder, "parley.db");
    for (const end of ["", "-wal"]) {
      if (existsSync(file + end)) copyFileSync(file + end, copy + end);
    }
    return readKept(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Texts as they can be compared wherever they come from: letters and digits only, so that Markdown, its
 * HTML and a half-open block of either have the same. Entities of HTML hold none that answers here use.
 */
const OTHER = /[^\p{L}\p{N}]+/gu;

/** The letters and digits of a Markdown source whose fences name no language. */
export function plainSource(source: string): string {
  return source.replace(OTHER, "");
}

/** The letters and digits that HTML shows, also where it breaks off in the middle of a tag. */
export function plainHtml(html: string): string {
  return html
    .replace(/<figcaption>[^<]*/g, "")
    .replace(/<[^>]*(>|$)/g, "")
    .replace(/&[^;\s]*(;|$)/g, "")
    .replace(OTHER, "");
}

/** The last answer of a page that may have come in part: its id and its text as styles show it. */
export function lastAnswer(page: string): { messageId: string; text: string } | undefined {
  const article = page.slice(page.lastIndexOf('<article class="message assistant"'));
  const messageId = /^<article [^>]*id="m-([^"]+)"/.exec(article)?.[1];
  const begin = article.lastIndexOf('<div class="answer"');
  if (messageId === undefined || begin < 0) return undefined;
  const [answer = ""] = article.slice(begin).split("<footer", 1);
  const shown = answer.replace(
    /<div class="open-block"[^>]*>[^<]*<\/div>(?=<div class="closed-block")/g,
    "",
  );
  return { messageId, text: plainHtml(shown) };
}
