import { encode } from "~/ollama/wire";
import { BARE_JSON_TYPE, Refusal } from "./reply";
import { jsonType } from "./requests";
import type { ChatBody, ChatMessage, ScriptedModel } from "./types";

const types: [type: string, json: string, names: string[]][] = [
  [
    "integer",
    "number",
    [
      ...["num_ctx", "num_batch", "num_gpu", "main_gpu", "num_thread", "draft_num_predict"],
      ...["num_keep", "seed", "num_predict", "top_k", "repeat_last_n"],
    ],
  ],
  [
    "float32",
    "number",
    [
      ...["temperature", "top_p", "min_p", "typical_p"],
      ...["repeat_penalty", "presence_penalty", "frequency_penalty"],
    ],
  ],
  ["boolean", "bool", ["use_mmap"]],
  ["array", "array", ["stop"]],
];

/** Refuses options of a wrong type: a 500, and it is found after everything else. */
export function checkOptions(options: Record<string, unknown>): void {
  for (const [type, json, names] of types) {
    for (const name of names) {
      const value = options[name];
      if (value === undefined || value === null) continue;
      if (jsonType(value) !== json) {
        throw new Refusal(500, `option "${name}" must be of type ${type}`);
      }
    }
  }
  const stop = options.stop;
  if (Array.isArray(stop) && stop.some((part) => typeof part !== "string")) {
    throw new Refusal(500, 'option "stop" must be of an array of strings');
  }
}

/** Refuses a format that is neither "json" nor an object. */
export function checkFormat(format: unknown): void {
  if (format === undefined || format === "json" || jsonType(format) === "object") return;
  const quoted = JSON.stringify(encode(format));
  throw new Refusal(
    500,
    `invalid format: ${quoted}; expected "json" or a valid JSON Schema object`,
  );
}

/** The number of the option, if it was set. */
export function numberOption(options: Record<string, unknown>, name: string): number | undefined {
  const value = options[name];
  return typeof value === "number" ? Math.trunc(value) : undefined;
}

// The host pretends to have less than 23 GiB of GPU memory.
const tierDefault = 4096;

/** The context a model is loaded with: the request's, the Modelfile's, or the memory tier's. */
export function contextLength(model: ScriptedModel, options: Record<string, unknown>): number {
  const modelfile = /^num_ctx\s+(\d+)$/m.exec(model.parameters ?? "")?.[1];
  const wanted = numberOption(options, "num_ctx") ?? (Number(modelfile) || tierDefault);
  const least = model.capabilities.includes("vision") ? 2048 : 1;
  return Math.min(Math.max(wanted, least), model.contextLength ?? Number.POSITIVE_INFINITY);
}

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
