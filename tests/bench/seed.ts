/**
 * `bun run seed --data <folder> [--conversations 1000] [--messages 10000] [--long 10000]` fills a database that
 * does not exist yet with conversations as people have them. `--long` adds one of that many messages and one of
 * 40 to hold it against. The last line of its output says what there is, as JSON.
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openFile } from "../../app/db/open";
import { indexMessage, indexTitle } from "../../app/db/search-index";
import { Random } from "../support/random";
import { Prose } from "./prose";

const OWNER = "local";
const SHORT = 40;
const MODELS = ["qwen3:8b", "gemma3:4b", "llama3.2:3b", "deepseek-r1:14b", "qwen3-coder:30b"];
/** Between two messages of a conversation. */
const LONGEST_PAUSE_MS = 60_000;
const YEAR_MS = 365 * 24 * 3_600_000;
/** Messages in one transaction: enough that its end costs nothing, few enough for the memory. */
const BATCH = 10_000;

/** What was asked for. */
export interface SeedSize {
  conversations: number;
  messages: number;
  /** 0 for none. */
  long: number;
}

/** What a database was filled with. */
export interface Seeded extends SeedSize {
  /** Ids of the long conversation and of the one beside it. */
  longId?: string;
  shortId?: string;
  seconds: number;
  /** Of these seconds, what the search index took. */
  indexSeconds: number;
  bytes: number;
}

/** Fills the database of a folder; throws where there is one already. */
export function seed(folder: string, size: SeedSize): Seeded {
  const file = join(folder, "parley.db");
  if (existsSync(file)) throw new Error(`${file} is there already: name another folder`);
  mkdirSync(folder, { recursive: true });
  const begun = performance.now();
  const writer = openWriter(file);
  const random = new Random(7);
  const lengths = lengthsOf(size, random);
  const end = Date.now();
  const begin = end - 3 * YEAR_MS;
  for (const [at, length] of lengths.entries()) {
    const old = at < size.conversations * 0.6;
    writer.conversation(Math.floor(begin + ((end - begin) * at) / lengths.length), length, {
      pinned: at % Math.ceil(size.conversations / 12) === 5,
      archived: old && random.chance(0.2),
    });
  }
  const special: Pick<Seeded, "longId" | "shortId"> = {};
  if (size.long > 0) {
    special.longId = writer.conversation(end - size.long * LONGEST_PAUSE_MS, size.long, {});
    special.shortId = writer.conversation(end - SHORT * LONGEST_PAUSE_MS, SHORT, {});
  }
  const indexMs = writer.close();
  return {
    ...size,
    ...special,
    seconds: (performance.now() - begun) / 1000,
    indexSeconds: indexMs / 1000,
    bytes: Bun.file(file).size,
  };
}

/** How long each conversation is: most are short, some are very long, all together as many as asked for. */
function lengthsOf({ conversations, messages }: SeedSize, random: Random): number[] {
  const weights = Array.from({ length: conversations }, () => 1 / (0.1 + random.next()));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const pairs = Math.floor(messages / 2);
  const lengths = weights.map((weight) => 2 * Math.max(1, Math.floor((pairs * weight) / all)));
  let missing = messages - lengths.reduce((sum, length) => sum + length, 0);
  for (let at = 0; missing >= 2 && conversations > 0; at = (at + 1) % conversations) {
    lengths[at] = (lengths[at] ?? 0) + 2;
    missing -= 2;
  }
  return lengths;
}

function openWriter(file: string) {
  const { db, close } = openFile(file, "drizzle");
  const client = db.$client;
  // Nobody keeps this file over a power cut, and what points where is known.
  for (const pragma of [
    "journal_mode = OFF",
    "synchronous = OFF",
    "foreign_keys = OFF",
    "cache_size = -200000",
  ]) {
    client.run(`pragma ${pragma}`);
  }
  const random = new Random(11);
  const prose = new Prose(1);
  const addConversation = client.query(
    `insert into conversations (id, owner_id, title, leaf_id, pinned, archived, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addMessage = client.query(
    `insert into messages (id, owner_id, conversation_id, parent_id, role, content, model, path_characters, created_at,
       chosen_id)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addGeneration = client.query(
    `insert into generations (id, owner_id, conversation_id, message_id, model, state, done_reason, created_at,
       started_at, ended_at, first_token_ms, prompt_tokens, answer_tokens, total_ms, load_ms, prompt_ms, answer_ms)
     values (?, ?, ?, ?, ?, 'finished', 'stop', ?, ?, ?, 180, ?, ?, ?, 0, 150, ?)`,
  );
  let waiting = 0;
  let indexMs = 0;
  client.run("begin");

  const inBatches = () => {
    waiting += 1;
    if (waiting % BATCH !== 0) return;
    client.run("commit");
    client.run("begin");
  };

  return {
    /** Writes a conversation of so many messages that begins at a time; gives its id. */
    conversation(
      createdAt: number,
      length: number,
      { pinned = false, archived = false }: { pinned?: boolean; archived?: boolean },
    ): string {
      const conversationId = Bun.randomUUIDv7("hex", createdAt);
      const model = random.pick(MODELS);
      addConversation.run(
        ...[conversationId, OWNER, prose.title(), null, pinned, archived, createdAt, createdAt],
      );
      let [parentId, pathCharacters, at]: [string | null, number, number] = [null, 0, createdAt];
      let id = Bun.randomUUIDv7("hex", at);
      for (let n = 0; n < length; n++) {
        const answer = n % 2 === 1;
        const [role, written] = answer
          ? (["assistant", model] as const)
          : (["user", null] as const);
        const content = answer ? prose.answer() : prose.prompt();
        pathCharacters += [...content].length;
        const now = at;
        at += random.between(1_000, LONGEST_PAUSE_MS);
        const nextId = Bun.randomUUIDv7("hex", at);
        addMessage.run(
          ...[id, OWNER, conversationId, parentId, role, content, written, pathCharacters, now],
          n + 1 < length ? nextId : null,
        );
        if (answer) {
          const tokens = Math.ceil(content.length / 4);
          const ms = tokens * 25;
          addGeneration.run(
            ...[Bun.randomUUIDv7("hex", now), OWNER, conversationId, id, model, now],
            ...[now, now + ms, Math.ceil(pathCharacters / 4), tokens, ms + 180, ms],
          );
        }
        const before = performance.now();
        const message = { id, conversationId, ownerId: OWNER, role, content, model: written };
        indexMessage(db, { ...message, createdAt: now });
        indexMs += performance.now() - before;
        [parentId, id] = [id, nextId];
        inBatches();
      }
      client
        .query("update conversations set leaf_id = ?, updated_at = ? where id = ?")
        .run(parentId, at, conversationId);
      indexTitle(db, conversationId);
      return conversationId;
    },

    /** Finishes the file; gives the milliseconds that the index took. */
    close(): number {
      client.run("update upkeep set position = null where name = 'search index'");
      client.run("commit");
      close();
      return indexMs;
    },
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      conversations: { type: "string", default: "1000" },
      messages: { type: "string", default: "10000" },
      long: { type: "string", default: "0" },
    },
  });
  if (!values.data) {
    process.stderr.write("Name a folder for the database: --data <folder>\n");
    process.exit(2);
  }
  const seeded = seed(values.data, {
    conversations: Number(values.conversations),
    messages: Number(values.messages),
    long: Number(values.long),
  });
  process.stdout.write(`${JSON.stringify(seeded)}\n`);
}
