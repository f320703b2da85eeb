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
  "a conversation whose branch ends nowhere, or not at an end": `select c.id from conversations c
    where case when c.leaf_id is null
      then exists (select 1 from messages m where m.conversation_id = c.id)
      else not exists (select 1 from messages m where m.id = c.leaf_id and m.conversation_id = c.id)
        or exists (select 1 from messages m where m.parent_id = c.leaf_id) end`,
  "a remembered place that is not below its message": `with recursive path(of_id, id, parent_id) as (
      select m.id, l.id, l.parent_id from messages m join messages l on l.id = m.leaf_id
      union all select path.of_id, m.id, m.parent_id from messages m join path on m.id = path.parent_id
    ) select id from messages m where leaf_id is not null
      and not exists (select 1 from path where path.of_id = m.id and path.id = m.id)`,
  "a generation of anything but an answer of its conversation": `select g.id from generations g
    left join messages m on m.id = g.message_id
    where m.role is not 'assistant' or m.conversation_id is not g.conversation_id`,
  "a chunk of a generation that does not run": `select generation_id as id from pieces p
    join generations g on g.id = p.generation_id where g.state <> 'running'`,
  "a message that counts the characters of its branch wrongly": `select m.id from messages m
    left join messages p on p.id = m.parent_id
    where m.path_characters <> coalesce(p.path_characters, 0) + length(m.content) + coalesce((
      select sum(length(f.text) + length(a.name) + 20) from attachments a
      join files f on f.owner_id = a.owner_id and f.hash = a.hash
      where a.message_id = m.id and a.kind <> 'picture'), 0)`,
  "a message that counts the pictures of its branch wrongly": `select m.id from messages m
    left join messages p on p.id = m.parent_id
    where m.path_pictures <> coalesce(p.path_pictures, 0) + (
      select count(*) from attachments a where a.message_id = m.id and a.kind = 'picture')`,
  "a message that search does not know exactly once": `select m.id from messages m
    where m.role <> 'tool' and (trim(m.content, ' ' || char(9) || char(10)) <> ''
        or exists (select 1 from attachments a where a.message_id = m.id)) <>
      (select count(*) from search_documents d where d.message_id = m.id)`,
  "a title that search does not know exactly once": `select c.id from conversations c
    where 1 <> (select count(*) from search_documents d
      where d.conversation_id = c.id and d.message_id is null)`,
  "a document of search without its words, or words without one": `with words(id) as (
      select rowid from search_index union all select rowid from search_titles
    ) select id from search_documents where id not in (select id from words)
    union all select id from words where id not in (select id from search_documents)`,
  "a title among the messages of search, or a message among its titles": `select rowid as id
    from search_index where rowid < 0 union all select rowid as id from search_titles where rowid > 0`,
  "a document of search in another conversation than its message": `select d.id
    from search_documents d join messages m on m.id = d.message_id
    where d.conversation_id <> m.conversation_id`,
  "a prompt that waits for an answer of another conversation": `select w.id from waiting_prompts w
    join generations g on g.message_id = w.behind_id and g.state in ('queued', 'running')
    where g.conversation_id <> w.conversation_id`,
  "an answer that is written twice at once": `select message_id as id from generations
    where state in ('queued', 'running') group by message_id having count(*) > 1`,
  "upkeep that nobody does":
    "select name as id from upkeep where name not in ('search index', 'secure delete')",
  "a file that belongs to nothing": `select f.hash as id from files f where not exists (
    select 1 from attachments a where a.owner_id = f.owner_id and a.hash = f.hash)`,
  "an attachment without its file": `select a.id from attachments a where not exists (
    select 1 from files f where a.owner_id = f.owner_id and a.hash = f.hash)`,
  "an attachment of a message and of a waiting prompt":
    "select id from attachments where message_id is not null and waiting_prompt_id is not null",
};

/** What Parley never writes, but other programs do. */
const NEVER_OURS: Record<string, string> = {
  "an answer that answers no prompt": `select m.id from messages m
    left join messages p on p.id = m.parent_id where m.role = 'assistant' and p.role is not 'user'`,
  "an answer without a generation": `select id from messages m where role = 'assistant'
    and not exists (select 1 from generations g where g.message_id = m.id)`,
};

/** What holds once nothing is left to do. */
const NEVER_AT_REST: Record<string, string> = {
  "a generation that is not over":
    "select id from generations where state in ('queued', 'running')",
  "a chunk that is left over": "select generation_id as id from pieces",
  "a prompt that still waits for an answer that is finished": `select w.id from waiting_prompts w
    join conversations c on c.id = w.conversation_id and c.deleted_at is null
    where 'finished' = (select g.state from generations g where g.message_id = w.behind_id
      order by g.id desc limit 1)`,
  "a conversation that was deleted long ago": `select id from conversations
    where deleted_at < (unixepoch() - 40) * 1000`,
  "an import that goes on": "select id from imports where state = 'running'",
  "upkeep that is left over": "select name as id from upkeep where position is not null",
};

/**
 * What is wrong in a database, in words: `atRest` asks more of one in which nothing is left to do, `imported`
 * less of one with conversations of other programs.
 */
export function faultsIn(
  db: Database,
  { atRest, imported = false }: { atRest: boolean; imported?: boolean },
): string[] {
  const rows = <Row>(query: string) => db.query<Row, []>(query).all();
  const never = { ...NEVER, ...(imported ? {} : NEVER_OURS), ...(atRest ? NEVER_AT_REST : {}) };
  const faults = Object.entries(never).flatMap(([fault, query]) =>
    rows<{ id: string }>(query).map(({ id }) => `${fault}: ${id}`),
  );
  const [check] = rows<{ integrity_check: string }>("pragma integrity_check");
  if (check?.integrity_check !== "ok") faults.push(`integrity_check: ${check?.integrity_check}`);
  if (rows("pragma foreign_key_check").length > 0) faults.push("a foreign key leads nowhere");
  return faults;
}
