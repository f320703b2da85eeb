CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`hash` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`message_id` text,
	`waiting_prompt_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`waiting_prompt_id`) REFERENCES `waiting_prompts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`owner_id`,`hash`) REFERENCES `files`(`owner_id`,`hash`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `attachments_by_message` ON `attachments` (`message_id`,`id`);--> statement-breakpoint
CREATE INDEX `attachments_by_waiting_prompt` ON `attachments` (`waiting_prompt_id`,`id`);--> statement-breakpoint
CREATE INDEX `attachments_by_file` ON `attachments` (`owner_id`,`hash`);--> statement-breakpoint
CREATE INDEX `attachments_loose` ON `attachments` (`created_at`) WHERE message_id is null and waiting_prompt_id is null;--> statement-breakpoint
CREATE TABLE `defaults` (
	`owner_id` text NOT NULL,
	`model` text NOT NULL,
	`steering` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`owner_id`, `model`)
);
--> statement-breakpoint
CREATE TABLE `files` (
	`owner_id` text NOT NULL,
	`hash` text NOT NULL,
	`media_type` text NOT NULL,
	`bytes` blob NOT NULL,
	`size` integer NOT NULL,
	`width` integer,
	`height` integer,
	`thumbnail` blob,
	`text` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`owner_id`, `hash`)
);
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`file_name` text NOT NULL,
	`state` text NOT NULL,
	`total` integer,
	`done` integer DEFAULT 0 NOT NULL,
	`added` integer DEFAULT 0 NOT NULL,
	`skipped` text DEFAULT '[]' NOT NULL,
	`error_code` text,
	`error_detail` text,
	`created_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `imports_by_age` ON `imports` (`owner_id`,`id`);--> statement-breakpoint
CREATE TABLE `saved_prompts` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `saved_prompts_by_title` ON `saved_prompts` (`owner_id`,`title`,`id`);--> statement-breakpoint
CREATE TABLE `search_documents` (
	`id` integer PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`message_id` text,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `search_documents_by_conversation` ON `search_documents` (`conversation_id`,`id`);--> statement-breakpoint
CREATE INDEX `search_documents_by_message` ON `search_documents` (`message_id`);--> statement-breakpoint
CREATE TABLE `search_models` (
	`owner_id` text NOT NULL,
	`model` text NOT NULL,
	PRIMARY KEY(`owner_id`, `model`)
);
--> statement-breakpoint
CREATE TABLE `upkeep` (
	`name` text PRIMARY KEY NOT NULL,
	`position` text
);
--> statement-breakpoint
CREATE TABLE `waiting_prompts` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`behind_id` text NOT NULL,
	`prompt` text NOT NULL,
	`model` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `waiting_prompts_in_order` ON `waiting_prompts` (`conversation_id`,`id`);--> statement-breakpoint
DROP INDEX `conversations_by_age`;--> statement-breakpoint
ALTER TABLE `conversations` ADD `titled_by` text DEFAULT 'prompt' NOT NULL;--> statement-breakpoint
ALTER TABLE `conversations` ADD `pinned` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `conversations` ADD `archived` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `conversations` ADD `deleted_at` integer;--> statement-breakpoint
ALTER TABLE `conversations` ADD `steering` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `conversations` ADD `imported_from` text;--> statement-breakpoint
CREATE INDEX `conversations_listed` ON `conversations` (`owner_id`,`archived`,`pinned`,`updated_at`,`id`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `conversations_deleted` ON `conversations` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_imported` ON `conversations` (`owner_id`,`imported_from`) WHERE imported_from is not null;--> statement-breakpoint
ALTER TABLE `generations` ADD `asked` text;--> statement-breakpoint
ALTER TABLE `generations` ADD `context_tokens` integer;--> statement-breakpoint
ALTER TABLE `generations` ADD `turns_dropped` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `leaf_id` text REFERENCES messages(id) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `messages` ADD `chosen_id` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `path_characters` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `messages_children` ON `messages` (`parent_id`);--> statement-breakpoint
CREATE INDEX `messages_by_leaf` ON `messages` (`leaf_id`) WHERE leaf_id is not null;--> statement-breakpoint
WITH RECURSIVE path(id, characters) AS (
	SELECT id, length(content) FROM messages WHERE parent_id IS NULL
	UNION ALL
	SELECT m.id, path.characters + length(m.content) FROM messages m JOIN path ON m.parent_id = path.id
)
UPDATE messages SET path_characters = path.characters FROM path WHERE path.id = messages.id;--> statement-breakpoint
CREATE VIRTUAL TABLE `search_index` USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2 categories 'L* N* M* Co'", prefix='1 2 3 4 5');--> statement-breakpoint
CREATE VIRTUAL TABLE `search_titles` USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2 categories 'L* N* M* Co'", prefix='1 2 3 4 5');--> statement-breakpoint
CREATE TRIGGER `search_documents_deleted` AFTER DELETE ON `search_documents` BEGIN
	DELETE FROM search_index WHERE rowid = old.id;
	DELETE FROM search_titles WHERE rowid = old.id;
END;--> statement-breakpoint
CREATE TRIGGER `attachments_deleted` AFTER DELETE ON `attachments` BEGIN
	DELETE FROM files WHERE owner_id = old.owner_id AND hash = old.hash AND NOT EXISTS (
		SELECT 1 FROM attachments WHERE owner_id = old.owner_id AND hash = old.hash
	);
END;--> statement-breakpoint
INSERT INTO upkeep (name, position) VALUES ('search index', '');
