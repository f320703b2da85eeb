import type { Database } from "bun:sqlite";

/** Rows that must never be there, by what they would mean; each query gives their ids. */
const NEVER: Record<string, string> = {
  "a parent in another conversation, or none": `select m.id from messages m
    left join messages p on p.id = m.parent_id
    where m.parent_id is not null and p.conversation_id is not m.conversation_id`,
  "a message that is not younger than its parent":
    "select id from messages where parent_id is not null and id <= parent_id",
  "a message that cannot be reached from a first one": `with recursive reached(id) as (
      select id from messages where parent_id is null
      union all select m.id from messages m join reached on m.parent_id = reached.id
    ) select id from messages where id not in (select id from reached)`,
  "an answer that answers no prompt": `select m.id from messages m
    left join messages p on p.id = m.parent_id where m.role = 'assistant' and p.role is not 'user'`,
  "a conversation whose branch ends nowhere, or not at an end": `select c.id from conversations c
    where case when c.leaf_id is null
      then exists (select 1 from messages m where m.conversation_id = c.id)
      else not exists (select 1 from messages m where m.id = c.leaf_id and m.conversation_id = c.id)
        or exists (select 1 from messages m where m.parent_id = c.leaf_id) end`,
  "a remembered place in another conversation": `select m.id from messages m
    join messages l on l.id = m.leaf_id where l.conversation_id <> m.conversation_id`,
  "a generation of anything but an answer of its conversation": `select g.id from generations g
    left join messages m on m.id = g.message_id
    where m.role is not 'assistant' or m.conversation_id is not g.conversation_id`,
  "an answer without a generation": `select id from messages m where role = 'assistant'
    and not exists (select 1 from generations g where g.message_id = m.id)`,
  "a piece of a generation that does not run": `select generation_id as id from pieces p
    join generations g on g.id = p.generation_id where g.state <> 'running'`,
  "a message that counts the characters of its branch wrongly": `select m.id from messages m
    left join messages p on p.id = m.parent_id
    where m.path_characters <> coalesce(p.path_characters, 0) + length(m.content) + coalesce((
      select sum(length(f.text) + length(a.name) + 20) from attachments a
      join files f on f.owner_id = a.owner_id and f.hash = a.hash where a.message_id = m.id), 0)`,
  "a message that search does not know exactly once": `select m.id from messages m
    where m.role <> 'tool' and (trim(m.content, ' ' || char(9) || char(10)) <> '') <>
      (select count(*) from search_documents d where d.message_id = m.id)`,
  "a title that search does not know exactly once": `select c.id from conversations c
    where 1 <> (select count(*) from search_documents d
      where d.conversation_id = c.id and d.message_id is null)`,
  "a file that belongs to nothing": `select f.hash as id from files f where not exists (
    select 1 from attachments a where a.owner_id = f.owner_id and a.hash = f.hash)`,
  "an attachment without its file": `select a.id from attachments a where not exists (
    select 1 from files f where a.owner_id = f.owner_id and a.hash = f.hash)`,
  "an attachment of a message and of a waiting prompt":
    "select id from attachments where message_id is not null and waiting_prompt_id is not null",
};

/** What holds once nothing is left to do. */
const NEVER_AT_REST: Record<string, string> = {
  "a generation that is not over":
    "select id from generations where state in ('queued', 'running')",
  "a piece that is left over": "select generation_id as id from pieces",
};

/** What is wrong in a database, in words; with more to be asked of one in which nothing is left to do. */
export function faultsIn(db: Database, { atRest }: { atRest: boolean }): string[] {
  const rows = <Row>(query: string) => db.query<Row, []>(query).all();
  const faults = Object.entries({ ...NEVER, ...(atRest ? NEVER_AT_REST : {}) }).flatMap(
    ([fault, query]) => rows<{ id: string }>(query).map(({ id }) => `${fault}: ${id}`),
  );
  const [check] = rows<{ integrity_check: string }>("pragma integrity_check");
  if (check?.integrity_check !== "ok") faults.push(`integrity_check: ${check?.integrity_check}`);
  if (rows("pragma foreign_key_check").length > 0) faults.push("a foreign key leads nowhere");
  return faults;
}
