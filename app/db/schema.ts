import { sql } from "drizzle-orm";
import {
  type AnySQLiteColumn,
  check,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
} from "drizzle-orm/sqlite-core";

/** Every table that holds someone's data names its owner, so that accounts need no migration of meaning. */
const owner = () => text("owner_id").notNull();
/** UUIDv7: sorts by the time of its making. */
const id = () => text("id").primaryKey();
/** Unix milliseconds. */
const time = (name: string) => integer(name);

export const conversations = sqliteTable(
  "conversations",
  {
    id: id(),
    ownerId: owner(),
    title: text("title").notNull(),
    /** The last message of the branch that the person looks at. */
    leafId: text("leaf_id"),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (table) => [index("conversations_by_age").on(table.ownerId, table.updatedAt, table.id)],
);

export const messages = sqliteTable(
  "messages",
  {
    id: id(),
    ownerId: owner(),
    conversationId: text("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    parentId: text("parent_id").references((): AnySQLiteColumn => messages.id, {
      onDelete: "cascade",
    }),
    role: text("role", { enum: ["system", "user", "assistant", "tool"] }).notNull(),
    content: text("content").notNull(),
    thinking: text("thinking").notNull().default(""),
    /** The model that wrote it; only on answers. */
    model: text("model"),
    createdAt: time("created_at").notNull(),
  },
  (table) => [index("messages_by_parent").on(table.conversationId, table.parentId, table.id)],
);

export const generations = sqliteTable(
  "generations",
  {
    id: id(),
    ownerId: owner(),
    conversationId: text("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    /** The answer that this generation writes or continues. */
    messageId: text("message_id")
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
    model: text("model").notNull(),
    modelDigest: text("model_digest"),
    state: text("state", {
      enum: ["queued", "running", "finished", "stopped", "failed", "interrupted"],
    }).notNull(),
    /** Why Ollama ended it: `stop` or `length`. */
    doneReason: text("done_reason"),
    errorCode: text("error_code"),
    errorDetail: text("error_detail"),
    createdAt: time("created_at").notNull(),
    startedAt: time("started_at"),
    endedAt: time("ended_at"),
    /** From the start of the generation to its first text. */
    firstTokenMs: real("first_token_ms"),
    promptTokens: integer("prompt_tokens"),
    answerTokens: integer("answer_tokens"),
    totalMs: real("total_ms"),
    loadMs: real("load_ms"),
    promptMs: real("prompt_ms"),
    answerMs: real("answer_ms"),
  },
  (table) => [
    index("generations_by_message").on(table.messageId, table.id),
    index("generations_by_conversation").on(table.conversationId, table.id),
    index("generations_unfinished")
      .on(table.state, table.id)
      .where(sql`state in ('queued', 'running')`),
    check(
      "generations_state",
      sql`state in ('queued', 'running', 'finished', 'stopped', 'failed', 'interrupted')`,
    ),
  ],
);

/** What a running generation has written since it began, in order, until its end makes it the message. */
export const pieces = sqliteTable(
  "pieces",
  {
    ownerId: owner(),
    generationId: text("generation_id")
      .notNull()
      .references(() => generations.id, { onDelete: "cascade" }),
    seq: integer("seq").notNull(),
    thinking: text("thinking").notNull(),
    content: text("content").notNull(),
  },
  (table) => [primaryKey({ columns: [table.generationId, table.seq] })],
);
