import type { ChatBody, ScriptedModel } from "./types";

/** Cuts a text into the pieces a model would send it in; together they are the text. */
export function piecesOf(text: string): string[] {
  return text.match(/\s*\S{1,6}|\s+$/gu) ?? [];
}

/** The last message of the role `user`. */
export function lastPrompt(chat: ChatBody): string {
  return chat.messages.findLast(({ role }) => role === "user")?.content ?? "";
}

/**
 * What a model says when nobody has scripted anything: always the same for the same request. When the
 * last message is the assistant's, it goes on from there, with new text only.
 */
export function defaultAnswer(
  chat: ChatBody,
  model: ScriptedModel,
): { thinking: string[]; pieces: string[] } {
  const begun = chat.messages.at(-1)?.role === "assistant" ? chat.messages.at(-1)?.content : "";
  const answer = chat.format ? jsonAnswer(chat) : markdownAnswer(chat);
  if (begun) return { thinking: [], pieces: piecesOf(continued(answer, begun)) };
  return { thinking: thinks(chat, model) ? piecesOf(thought(chat)) : [], pieces: piecesOf(answer) };
}

// gpt-oss cannot be told not to think.
function thinks({ think }: ChatBody, { capabilities, details }: ScriptedModel): boolean {
  return capabilities.includes("thinking") && (think !== false || details?.family === "gptoss");
}

/** The rest of an answer that was begun, or more of it when it has not begun like that. */
export function continued(answer: string, begun: string): string {
  if (answer.startsWith(begun) && answer !== begun) return answer.slice(begun.length);
  const trimmed = begun.trimEnd();
  if (answer.startsWith(trimmed) && answer !== trimmed) return answer.slice(trimmed.length);
  return " And so the answer goes on, to its end.";
}

function quoted(chat: ChatBody): string {
  const prompt = lastPrompt(chat).replace(/\s+/g, " ").trim();
  return prompt.length > 200 ? `${prompt.slice(0, 200)}…` : prompt;
}

function thought(chat: ChatBody): string {
  return `The person wrote: ${quoted(chat)}\n\nA short answer with a list should do.`;
}

function markdownAnswer(chat: ChatBody): string {
  const prompt = quoted(chat);
  const words = prompt.split(" ").filter(Boolean).length;
  const prompts = chat.messages.filter(({ role }) => role === "user").length;
  return [
    `You wrote: “${prompt}”`,
    "Here is what a **scripted model** has to say about it:",
    `- It has ${words} ${words === 1 ? "word" : "words"}.\n- Prompt ${prompts} of this conversation.\n- \`No\` real model was asked.`,
    "Ask again and the answer is the same.",
  ].join("\n\n");
}

function jsonAnswer(chat: ChatBody): string {
  return `{ "ok":true, "prompt":${JSON.stringify(quoted(chat))}}`;
}
