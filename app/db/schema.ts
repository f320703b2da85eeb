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
    /** Who gave the title; one that the person gave is never replaced. */
    titledBy: text("titled_by", { enum: ["prompt", "model", "person"] })
      .notNull()
      .default("prompt"),
    /** The last message of the branch that the person looks at. */
    leafId: text("leaf_id"),
    pinned: integer("pinned", { mode: "boolean" }).notNull().default(false),
    archived: integer("archived", { mode: "boolean" }).notNull().default(false),
    /** Deleted, but not gone yet: until the time for taking it back is over. */
    deletedAt: time("deleted_at"),
    /** How its answers are to be written, where that differs from the defaults: see `Steering`. */
    steering: text("steering", { mode: "json" }).$type<Steering>().notNull().default({}),
    /** Where an imported conversation came from, such as `chatgpt:<its id there>`: it comes only once. */
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

/** In `deleted_at` while an import writes a conversation: nobody sees it, and no deletion is due yet. */
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
    /** The model that wrote it; only on answers. */
    model: text("model"),
    /** Where one was below this message when one left it for an alternative; a hint, never more. */
    leafId: text("leaf_id").references((): AnySQLiteColumn => messages.id, {
      onDelete: "set null",
    }),
    /** The child that one looked at last, where there are several; a hint as well. */
    chosenId: text("chosen_id"),
    /** Characters of text that a host is sent of the branch down to this message, itself among them. */
    pathCharacters: integer("path_characters").notNull().default(0),
    /** Pictures, likewise. */
    pathPictures: integer("path_pictures").notNull().default(0),
    /** The id of the form that wrote it: a form that is sent twice is known by it. */
    clientId: text("client_id"),
    createdAt: time("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("messages_by_client_id")
      .on(table.ownerId, table.clientId)
      .where(sql`client_id is not null`),
    index("messages_by_parent").on(table.conversationId, table.parentId, table.id),
    // Deletion asks who points at a message.
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
    /** What the host was asked with beside the messages, as it was sent. */
    asked: text("asked", { mode: "json" }).$type<Asked>(),
    /** How many tokens the loaded model held at once, as the host reported it. */
    contextTokens: integer("context_tokens"),
    /** Whether the host left out earlier messages, by the count of what it read. */
    turnsDropped: integer("turns_dropped", { mode: "boolean" }).notNull().default(false),
    /** Whether it cut the prompt itself, likewise. */
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

/** What a running generation has written since it began, in order, until its end makes it the message. */
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

/** Prompts that were sent while an answer was being written, in the order in which they will be asked. */
export const waitingPrompts = sqliteTable(
  "waiting_prompts",
  {
    id: id(),
    ownerId: owner(),
    conversationId: text("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    /** The answer that it waits for; where that is not being written any more, it is held. */
    behindId: text("behind_id").notNull(),
    prompt: text("prompt").notNull(),
    model: text("model").notNull(),
    /** As of a message, which takes it over. */
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

/** Unsent text on its way back into the box of a conversation: no address is long enough for a prompt. */
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
    /** Ids of loose files that go back with it. */
    files: text("files", { mode: "json" }).$type<string[]>().notNull(),
    createdAt: time("created_at").notNull(),
  },
  (table) => [
    index("unsent_texts_by_owner").on(table.ownerId, table.id),
    index("unsent_texts_by_conversation").on(table.conversationId),
    index("unsent_texts_by_age").on(table.createdAt),
  ],
);

/**
 * The bytes of files, once for each content. With the last attachment that uses them they go: a trigger of
 * the migration deletes them, whatever the attachment went with (a message, a conversation, a waiting
 * prompt), so whoever deletes has nothing to do for them.
 */
export const files = sqliteTable(
  "files",
  {
    ownerId: owner(),
    /** SHA-256 of the bytes that are kept, as hex. */
    hash: text("hash").notNull(),
    mediaType: text("media_type").notNull(),
    bytes: blob("bytes", { mode: "buffer" }).notNull(),
    size: integer("size").notNull(),
    /** Of a picture, in pixels. */
    width: integer("width"),
    height: integer("height"),
    thumbnail: blob("thumbnail", { mode: "buffer" }),
    /** What a text, a table or a PDF says, as the host is told. */
    text: text("text"),
    createdAt: time("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.hash] })],
);

/** A file as a message has it: of a message, of a waiting prompt, or of neither while it is being chosen. */
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

/**
 * What each model's counts have taught, by the digest of its weights: how many tokens text takes, and the context
 * it was last loaded with. Imports teach nothing.
 */
export const modelCounts = sqliteTable(
  "model_counts",
  {
    ownerId: owner(),
    modelDigest: text("model_digest").notNull(),
    /** Running sums in which older counts fade. */
    characters: real("characters").notNull(),
    tokens: real("tokens").notNull(),
    /** How many tokens the model held at once, and the `num_ctx` it was asked with, if any. */
    contextTokens: integer("context_tokens"),
    numCtx: integer("num_ctx"),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.modelDigest] })],
);

/** How a person wants answers written: for every model (`model` is ''), or for one. */
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

/** Prompts to start from, with `{{placeholders}}`. */
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

/** Imports as they go on, and what came of them. */
export const imports = sqliteTable(
  "imports",
  {
    id: id(),
    ownerId: owner(),
    fileName: text("file_name").notNull(),
    state: text("state", { enum: ["running", "finished", "failed", "interrupted"] }).notNull(),
    /** Conversations in the file, and how many of them were looked at so far. */
    total: integer("total"),
    done: integer("done").notNull().default(0),
    added: integer("added").notNull().default(0),
    /** What was left out, and why. */
    skipped: text("skipped", { mode: "json" }).$type<Skipped[]>().notNull().default([]),
    errorCode: text("error_code"),
    errorDetail: text("error_detail"),
    createdAt: time("created_at").notNull(),
    endedAt: time("ended_at"),
  },
  (table) => [index("imports_by_age").on(table.ownerId, table.id)],
);

/** Something of an import that was left out. */
export interface Skipped {
  title: string;
  reason: string;
}

/**
 * What search finds: a message, or the title of a conversation. Its number sorts by time (see
 * db/search-index.ts), and is the row of the full-text index `search_index`, or of `search_titles`; Drizzle
 * does not know of these.
 */
export const searchDocuments = sqliteTable(
  "search_documents",
  {
    /** Negative for a title. */
    id: integer("id").primaryKey(),
    ownerId: owner(),
    conversationId: text("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    /** Null for a title. */
    messageId: text("message_id").references(() => messages.id, { onDelete: "cascade" }),
  },
  (table) => [
    index("search_documents_by_conversation").on(table.conversationId, table.id),
    index("search_documents_by_message").on(table.messageId),
  ],
);

/** The models that have written something: search finds them by the beginning of their names. */
export const searchModels = sqliteTable(
  "search_models",
  { ownerId: owner(), model: text("model").notNull() },
  (table) => [primaryKey({ columns: [table.ownerId, table.model] })],
);

/** Work on old rows that a new version of Parley does while it runs, and how far it came. */
export const upkeep = sqliteTable("upkeep", {
  name: text("name").primaryKey(),
  /** Where it goes on; null when it is done. */
  position: text("position"),
});
