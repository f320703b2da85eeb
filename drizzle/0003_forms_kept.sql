CREATE TABLE `unsent_texts` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`prompt` text NOT NULL,
	`model` text,
	`files` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `unsent_texts_by_owner` ON `unsent_texts` (`owner_id`,`id`);--> statement-breakpoint
CREATE INDEX `unsent_texts_by_conversation` ON `unsent_texts` (`conversation_id`);--> statement-breakpoint
CREATE INDEX `unsent_texts_by_age` ON `unsent_texts` (`created_at`);--> statement-breakpoint
ALTER TABLE `messages` ADD `client_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `messages_by_client_id` ON `messages` (`owner_id`,`client_id`) WHERE client_id is not null;--> statement-breakpoint
ALTER TABLE `waiting_prompts` ADD `client_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `waiting_prompts_by_client_id` ON `waiting_prompts` (`owner_id`,`client_id`) WHERE client_id is not null;