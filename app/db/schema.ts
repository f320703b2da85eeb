import { sql } from "drizzle-orm";
import {
  type AnySQLiteColumn,
  blob,
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { Asked, Steering } from "~/steering/steering";

/** In every table with a person's data, so that accounts can be added later. */
const owner = () => text("owner_id").notNull();
/** UUIDv7: sorts by creation time. */
const id = () => text("id").primaryKey();
/** Unix milliseconds. */
const time = (name: string) => integer(name);

export const conversations = sqliteTable(
  "conversations",
  {
    id: id(),
    ownerId: owner(),
    title: text("title").notNull(),
    /** A title by the person is never replaced. */
    titledBy: text("titled_by", { enum: ["prompt", "model", "person"] })
      .notNull()
      .default("prompt"),
    leafId: text("leaf_id"),
    pinned: integer("pinned", { mode: "boolean" }).notNull().default(false),
    archived: integer("archived", { mode: "boolean" }).notNull().default(false),
    deletedAt: time("deleted_at"),
    steering: text("steering", { mode: "json" }).$type<Steering>().notNull().default({}),
    /** Such as `chatgpt:<its id there>`; each is imported only once. */
    importedFrom: text("imported_from"),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (table) => [
    index("conversations_listed")
      .on(table.ownerId, table.archived, table.pinned, table.updatedAt, table.id)
      .where(sql`deleted_at is null`),
    index("conversations_deleted").on(table.deletedAt).where(sql`deleted_at is not null`),
    uniqueIndex("conversations_imported")
      .on(table.ownerId, table.importedFrom)
      .where(sql`imported_from is not null`),
  ],
);

/** In `deleted_at` while a conversation is imported: hides it, without a purge. */
export const BEING_WRITTEN = Number.MAX_SAFE_INTEGER;

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
    model: text("model"),
    /** Leaf last viewed under this message; may be stale. */
    leafId: text("leaf_id").references((): AnySQLiteColumn => messages.id, {
      onDelete: "set null",
    }),
    chosenId: text("chosen_id"),
    /** Characters that a host gets of the branch up to and with this message. */
    pathCharacters: integer("path_characters").notNull().default(0),
    pathPictures: integer("path_pictures").notNull().default(0),
    /** The id of the form that wrote it, to recognise a form sent twice. */
    clientId: text("client_id"),
    createdAt: time("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("messages_by_client_id")
      .on(table.ownerId, table.clientId)
      .where(sql`client_id is not null`),
    index("messages_by_parent").on(table.conversationId, table.parentId, table.id),
    // Used by cascading deletes.
    index("messages_children").on(table.parentId),
    index("messages_by_leaf").on(table.leafId).where(sql`leaf_id is not null`),
  ],
);

export const generations = sqliteTable(
  "generations",
  {
    id: id(),
    ownerId: owner(),
    conversationId: text("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    messageId: text("message_id")
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
    model: text("model").notNull(),
    modelDigest: text("model_digest"),
    state: text("state", {
      enum: ["queued", "running", "finished", "stopped", "failed", "interrupted"],
    }).notNull(),
    /** Ollama's: `stop` or `length`. */
    doneReason: text("done_reason"),
    errorCode: text("error_code"),
    errorDetail: text("error_detail"),
    createdAt: time("created_at").notNull(),
    startedAt: time("started_at"),
    endedAt: time("ended_at"),
    /** From its start. */
    firstTokenMs: real("first_token_ms"),
    promptTokens: integer("prompt_tokens"),
    answerTokens: integer("answer_tokens"),
    totalMs: real("total_ms"),
    loadMs: real("load_ms"),
    promptMs: real("prompt_ms"),
    answerMs: real("answer_ms"),
    asked: text("asked", { mode: "json" }).$type<Asked>(),
    /** Of the loaded model, as reported by the host. */
    contextTokens: integer("context_tokens"),
    /** Whether the host omitted earlier messages, by its count of tokens. */
    turnsDropped: integer("turns_dropped", { mode: "boolean" }).notNull().default(false),
    promptCut: integer("prompt_cut", { mode: "boolean" }).notNull().default(false),
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

/** Text of running generations; moved to the message at the end. */
export const chunks = sqliteTable(
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

export const waitingPrompts = sqliteTable(
  "waiting_prompts",
  {
    id: id(),
    ownerId: owner(),
    conversationId: text("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    /** The answer that it waits for; held if that is not being written any more. */
    behindId: text("behind_id").notNull(),
    prompt: text("prompt").notNull(),
    model: text("model").notNull(),
    clientId: text("client_id"),
    createdAt: time("created_at").notNull(),
  },
  (table) => [
    index("waiting_prompts_in_order").on(table.conversationId, table.id),
    uniqueIndex("waiting_prompts_by_client_id")
      .on(table.ownerId, table.clientId)
      .where(sql`client_id is not null`),
  ],
);

/** Text on its way back into the prompt box, since a prompt is too long for a URL. */
export const unsentTexts = sqliteTable(
  "unsent_texts",
  {
    id: id(),
    ownerId: owner(),
    conversationId: text("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    prompt: text("prompt").notNull(),
    model: text("model"),
    files: text("files", { mode: "json" }).$type<string[]>().notNull(),
    createdAt: time("created_at").notNull(),
  },
  (table) => [
    index("unsent_texts_by_owner").on(table.ownerId, table.id),
    index("unsent_texts_by_conversation").on(table.conversationId),
    index("unsent_texts_by_age").on(table.createdAt),
  ],
);

/** One row for each content. A trigger deletes it with its last attachment. */
export const files = sqliteTable(
  "files",
  {
    ownerId: owner(),
    /** SHA-256 as hex. */
    hash: text("hash").notNull(),
    mediaType: text("media_type").notNull(),
    bytes: blob("bytes", { mode: "buffer" }).notNull(),
    size: integer("size").notNull(),
    /** Pixels of a picture. */
    width: integer("width"),
    height: integer("height"),
    thumbnail: blob("thumbnail", { mode: "buffer" }),
    text: text("text"),
    createdAt: time("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.hash] })],
);

export const attachments = sqliteTable(
  "attachments",
  {
    id: id(),
    ownerId: owner(),
    hash: text("hash").notNull(),
    name: text("name").notNull(),
    kind: text("kind", { enum: ["picture", "text", "pdf"] }).notNull(),
    messageId: text("message_id").references(() => messages.id, { onDelete: "cascade" }),
    waitingPromptId: text("waiting_prompt_id").references(() => waitingPrompts.id, {
      onDelete: "cascade",
    }),
    createdAt: time("created_at").notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.ownerId, table.hash],
      foreignColumns: [files.ownerId, files.hash],
    }),
    index("attachments_by_message").on(table.messageId, table.id),
    index("attachments_by_waiting_prompt").on(table.waitingPromptId, table.id),
    index("attachments_by_file").on(table.ownerId, table.hash),
    index("attachments_loose")
      .on(table.createdAt)
      .where(sql`message_id is null and waiting_prompt_id is null`),
  ],
);

/** For each model: how many tokens text takes, and its last context. Imports do not count. */
export const modelCounts = sqliteTable(
  "model_counts",
  {
    ownerId: owner(),
    modelDigest: text("model_digest").notNull(),
    /** Sums with decay. */
    characters: real("characters").notNull(),
    tokens: real("tokens").notNull(),
    contextTokens: integer("context_tokens"),
    numCtx: integer("num_ctx"),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.modelDigest] })],
);

/** Steering of one model, or of all (`model` is ''). */
export const defaults = sqliteTable(
  "defaults",
  {
    ownerId: owner(),
    model: text("model").notNull(),
    steering: text("steering", { mode: "json" }).$type<Steering>().notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.model] })],
);

export const savedPrompts = sqliteTable(
  "saved_prompts",
  {
    id: id(),
    ownerId: owner(),
    title: text("title").notNull(),
    text: text("text").notNull(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (table) => [index("saved_prompts_by_title").on(table.ownerId, table.title, table.id)],
);

export const imports = sqliteTable(
  "imports",
  {
    id: id(),
    ownerId: owner(),
    fileName: text("file_name").notNull(),
    state: text("state", { enum: ["running", "finished", "failed", "interrupted"] }).notNull(),
    total: integer("total"),
    done: integer("done").notNull().default(0),
    added: integer("added").notNull().default(0),
    skipped: text("skipped", { mode: "json" }).$type<Skipped[]>().notNull().default([]),
    errorCode: text("error_code"),
    errorDetail: text("error_detail"),
    createdAt: time("created_at").notNull(),
    endedAt: time("ended_at"),
  },
  (table) => [index("imports_by_age").on(table.ownerId, table.id)],
);

export interface Skipped {
  title: string;
  reason: string;
}

/** Messages and titles by their row in `search_index` or `search_titles`, which Drizzle does not know. */
export const searchDocuments = sqliteTable(
  "search_documents",
  {
    /** Negative for titles. */
    id: integer("id").primaryKey(),
    ownerId: owner(),
    conversationId: text("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    messageId: text("message_id").references(() => messages.id, { onDelete: "cascade" }),
  },
  (table) => [
    index("search_documents_by_conversation").on(table.conversationId, table.id),
    index("search_documents_by_message").on(table.messageId),
  ],
);

export const searchModels = sqliteTable(
  "search_models",
  { ownerId: owner(), model: text("model").notNull() },
  (table) => [primaryKey({ columns: [table.ownerId, table.model] })],
);

/** Progress of migrations that run while Parley serves. */
export const upkeep = sqliteTable("upkeep", {
  name: text("name").primaryKey(),
  position: text("position"),
});
