CREATE TABLE `conversations` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`title` text NOT NULL,
	`leaf_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `conversations_by_age` ON `conversations` (`owner_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE TABLE `generations` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`message_id` text NOT NULL,
	`model` text NOT NULL,
	`model_digest` text,
	`state` text NOT NULL,
	`done_reason` text,
	`error_code` text,
	`error_detail` text,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	`first_token_ms` real,
	`prompt_tokens` integer,
	`answer_tokens` integer,
	`total_ms` real,
	`load_ms` real,
	`prompt_ms` real,
	`answer_ms` real,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "generations_state" CHECK(state in ('queued', 'running', 'finished', 'stopped', 'failed', 'interrupted'))
);
--> statement-breakpoint
CREATE INDEX `generations_by_message` ON `generations` (`message_id`,`id`);--> statement-breakpoint
CREATE INDEX `generations_by_conversation` ON `generations` (`conversation_id`,`id`);--> statement-breakpoint
CREATE INDEX `generations_unfinished` ON `generations` (`state`,`id`) WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`parent_id` text,
	`role` text NOT NULL,
	`content` text NOT NULL,
	`thinking` text DEFAULT '' NOT NULL,
	`model` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`parent_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `messages_by_parent` ON `messages` (`conversation_id`,`parent_id`,`id`);--> statement-breakpoint
CREATE TABLE `pieces` (
	`owner_id` text NOT NULL,
	`generation_id` text NOT NULL,
	`seq` integer NOT NULL,
	`thinking` text NOT NULL,
	`content` text NOT NULL,
	PRIMARY KEY(`generation_id`, `seq`),
	FOREIGN KEY (`generation_id`) REFERENCES `generations`(`id`) ON UPDATE no action ON DELETE cascade
);
