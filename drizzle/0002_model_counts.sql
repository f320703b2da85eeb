CREATE TABLE `model_counts` (
	`owner_id` text NOT NULL,
	`model_digest` text NOT NULL,
	`characters` real NOT NULL,
	`tokens` real NOT NULL,
	`context_tokens` integer,
	`num_ctx` integer,
	PRIMARY KEY(`owner_id`, `model_digest`)
);
--> statement-breakpoint
ALTER TABLE `generations` ADD `prompt_cut` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `path_pictures` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
WITH RECURSIVE below(id, pictures) AS (
	SELECT message_id, count(*) FROM attachments WHERE kind = 'picture' AND message_id IS NOT NULL GROUP BY message_id
	UNION ALL
	SELECT m.id, below.pictures FROM below JOIN messages m ON m.parent_id = below.id
)
UPDATE messages SET path_pictures = shown.pictures, path_characters = path_characters - 3072 * shown.pictures
FROM (SELECT id, sum(pictures) AS pictures FROM below GROUP BY id) AS shown WHERE shown.id = messages.id;
