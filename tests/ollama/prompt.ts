import type { ChatBody, ChatMessage, ScriptedModel } from "./types";
import { BARE_JSON_TYPE, Refusal } from "./wire";

/** An error of llama-server: its JSON comes as a string inside Ollama's own error. */
export function llamaError(
  code: number,
  message: string,
  type: string,
  more: Record<string, unknown> = {},
): Refusal {
  const inner = JSON.stringify({ error: { code, message, type, ...more } });
  return new Refusal(code, inner, BARE_JSON_TYPE);
}

/** How many tokens a model makes of these messages. */
export function countTokens(messages: ChatMessage[], model: ScriptedModel): number {
  const each = model.charactersPerToken ?? 4;
  return messages.reduce(
    (total, { content, images = [] }) =>
      total + 4 + Math.ceil(content.length / each) + images.length * 768,
    5,
  );
}

/** What the runner finds wrong with a prompt once the model is loaded; else the prompt's tokens. */
export function readPrompt(chat: ChatBody, model: ScriptedModel, context: number): number {
  const { messages } = chat;
  const [before, last] = messages.slice(-2);
  if (model.native && before?.role === "assistant" && last?.role === "assistant") {
    const text = "Cannot have 2 or more assistant messages at the end of the list.";
    throw llamaError(400, text, "invalid_request_error");
  }
  checkImages(messages, model);
  const whole = countTokens(messages, model);
  if (whole <= context) return whole;
  if (chat.truncate === false) throw tooLong(whole, context);
  return truncated(chat, model, context);
}

function checkImages(messages: ChatMessage[], model: ScriptedModel): void {
  const shown = messages.some(({ images = [] }) => images.length > 0);
  if (!shown || model.capabilities.includes("vision")) return;
  if (model.native) {
    const hint = "hint: if this is unexpected, you may need to provide the mmproj";
    throw llamaError(500, `image input is not supported - ${hint}`, "server_error");
  }
  const text = "Multimodal data provided, but model does not support multimodal requests.";
  throw llamaError(400, text, "invalid_request_error");
}

// The oldest messages go silently; system messages and the last message stay.
function truncated(chat: ChatBody, model: ScriptedModel, context: number): number {
  const kept = [...chat.messages];
  while (countTokens(kept, model) > context) {
    const oldest = kept.findIndex(
      ({ role }, index) => role !== "system" && index < kept.length - 1,
    );
    if (oldest < 0) return lastAlone(chat, model, countTokens(kept, model), context);
    kept.splice(oldest, 1);
  }
  return countTokens(kept, model);
}

// What is left of a prompt that was cut in the middle: num_keep tokens, and half of the rest of the window.
const BEGINNING = 5;

function lastAlone(chat: ChatBody, model: ScriptedModel, needed: number, context: number): number {
  if (model.native) throw tooLong(needed, context);
  if (chat.shift !== false) return BEGINNING + Math.ceil((context - BEGINNING) / 2);
  const advice =
    "shorten the prompt, adjust the context length in settings, or use a model with a longer context length";
  const text = `the prompt is longer than the context length currently available to the model; ${advice}`;
  throw new Refusal(400, text, BARE_JSON_TYPE);
}

function tooLong(needed: number, context: number): Refusal {
  const text = `request (${needed} tokens) exceeds the available context size (${context} tokens), try increasing it`;
  return llamaError(400, text, "exceed_context_size_error", {
    n_prompt_tokens: needed,
    n_ctx: context,
  });
}
