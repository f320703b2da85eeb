import type { WholeConversation } from "~/db/transfer";

const HEADINGS = { user: "You", system: "Instructions", tool: "Tool" } as const;

/** The branch that is looked at, to be read: who said what, and which files went with it. */
export function markdownOf({ conversation, messages, attachments }: WholeConversation): string {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch = [];
  let above = byId.get(conversation.leafId ?? "") ?? messages.at(-1);
  for (; above; above = byId.get(above.parentId ?? "")) branch.push(above);
  const files = Map.groupBy(attachments, ({ messageId }) => messageId);
  const { system } = conversation.steering;
  const turns = branch.reverse().map(({ id, role, model, content }) => {
    const who = role === "assistant" ? escaped(model ?? "") || "Answer" : HEADINGS[role];
    const named = files.get(id)?.map(({ name, mediaType }) => `- ${escaped(name)} (${mediaType})`);
    return section(who, content, named);
  });
  const parts = [
    `# ${escaped(conversation.title)}`,
    new Date(conversation.updatedAt).toISOString().slice(0, 10),
    ...(system ? [section("Instructions", system)] : []),
    ...turns,
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(who: string, text: string, files: string[] = []): string {
  const parts = [text.trim(), files.length > 0 ? `Files:\n\n${files.join("\n")}` : ""];
  return [`## ${who}`, ...parts.filter(Boolean)].join("\n\n");
}

/** A name that Markdown takes as it is. */
function escaped(name: string): string {
  return name.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
}
