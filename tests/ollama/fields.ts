import { encode, parseDuration } from "~/ollama/wire";
import { checkFields, type FieldTypes, flag, jsonType, list, map, text, whole } from "./body";
import type { ChatBody, ChatMessage } from "./types";
import { Refusal } from "./wire";

const shared: FieldTypes = {
  model: text,
  stream: flag,
  options: map,
  truncate: flag,
  shift: flag,
  logprobs: flag,
  top_logprobs: whole,
};
const chatTypes: FieldTypes = {
  ...shared,
  messages: list("[]api.Message"),
  tools: list("api.Tools"),
};
const messageTypes: FieldTypes = {
  role: text,
  content: text,
  thinking: text,
  images: list("[]api.ImageData"),
  tool_calls: list("[]api.ToolCall"),
  tool_name: text,
  tool_call_id: text,
};
const generateTypes: FieldTypes = {
  ...shared,
  prompt: text,
  suffix: text,
  system: text,
  template: text,
  raw: flag,
  context: list("[]int"),
  images: list("[]api.ImageData"),
};

/** POST /api/chat, checked as Go's decoder checks it. */
export function readChat(body: Record<string, unknown>): ChatBody {
  checkFields(body, chatTypes, "ChatRequest");
  const messages = ((body.messages ?? []) as unknown[]).map(readMessage);
  return { ...readShared(body), messages, ...given("tools", body.tools) } as ChatBody;
}

/** POST /api/generate, likewise; its prompt comes back as the only message. */
export function readGenerate(body: Record<string, unknown>): ChatBody & { prompt: string } {
  checkFields(body, generateTypes, "GenerateRequest");
  const prompt = (body.prompt ?? "") as string;
  const images = (body.images ?? []) as string[];
  for (const image of images) checkBase64(image);
  const messages = prompt ? [{ role: "user", content: prompt, images }] : [];
  return { ...readShared(body), messages, prompt } as ChatBody & { prompt: string };
}

/** How long a model stays loaded, in milliseconds; undefined where the request leaves it open. */
export function keepAlive(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return value < 0 ? forever : value * 1000;
  if (typeof value === "string") return duration(value);
  throw new Refusal(400, `Unsupported type: '${goKind(value)}'`);
}

// The longest duration Go knows, 292 years: a pinned model expires in the year 2319.
const forever = 9_223_372_036_854;

function readShared(body: Record<string, unknown>) {
  checkThink(body.think);
  keepAlive(body.keep_alive);
  const top = body.top_logprobs;
  if (typeof top === "number" && (top < 0 || top > 20)) {
    throw new Refusal(400, "top_logprobs must be between 0 and 20");
  }
  return {
    model: (body.model ?? "") as string,
    stream: body.stream !== false,
    options: (body.options ?? {}) as Record<string, unknown>,
    ...given("think", body.think),
    ...given("format", body.format === "" ? undefined : body.format),
    ...given("keep_alive", body.keep_alive),
    ...given("truncate", body.truncate),
    ...given("shift", body.shift),
  };
}

function given(name: string, value: unknown): Record<string, unknown> {
  return value === undefined || value === null ? {} : { [name]: value };
}

function readMessage(value: unknown): ChatMessage {
  if (jsonType(value) !== "object") {
    const field = "Go struct field ChatRequest.messages of type api.Message";
    throw new Refusal(400, `json: cannot unmarshal ${jsonType(value)} into ${field}`);
  }
  const message = value as Record<string, unknown>;
  checkFields(message, messageTypes, "ChatRequest", "messages.");
  for (const call of (message.tool_calls ?? []) as Record<string, unknown>[]) checkCall(call);
  const images = (message.images ?? []) as string[];
  for (const image of images) checkBase64(image);
  const role = String(message.role ?? "").toLowerCase();
  return { role, content: (message.content ?? "") as string, images };
}

function checkCall(call: Record<string, unknown>): void {
  const made = (call.function ?? {}) as Record<string, unknown>;
  if (made.arguments === undefined || jsonType(made.arguments) === "object") return;
  const type = jsonType(made.arguments);
  throw new Refusal(400, `json: cannot unmarshal ${type} into Go value of type map[string]any`);
}

function checkBase64(image: unknown): void {
  if (typeof image !== "string") {
    const field = "Go struct field ChatRequest.messages.images of type []uint8";
    throw new Refusal(400, `json: cannot unmarshal ${jsonType(image)} into ${field}`);
  }
  const illegal = image.search(/[^A-Za-z0-9+/=\r\n]/);
  if (illegal < 0 && image.replace(/[\r\n]/g, "").length % 4 === 0) return;
  const at = illegal < 0 ? image.length : illegal;
  throw new Refusal(400, `illegal base64 data at input byte ${at}`);
}

const levels = '"high", "medium", "low", "max", true, or false';

function checkThink(think: unknown): void {
  if (think === undefined || think === null || typeof think === "boolean") return;
  if (typeof think !== "string") {
    throw new Refusal(400, `think must be a boolean or string (${levels})`);
  }
  if (["low", "medium", "high", "max"].includes(think)) return;
  throw new Refusal(400, `invalid think value: ${encode(think)} (must be ${levels})`);
}

// Go's time.ParseDuration, with its three complaints.
function duration(value: string): number {
  const amount = value.replace(/^[+-]/, "");
  if (amount === "0") return 0;
  if (/^\d+\.?\d*$/.test(amount)) {
    throw new Refusal(400, `time: missing unit in duration ${encode(value)}`);
  }
  if (!/^(?:\d+\.?\d*[^\d.]+)+$/.test(amount)) {
    throw new Refusal(400, `time: invalid duration ${encode(value)}`);
  }
  const ms = parseDuration(amount);
  if (ms === undefined) {
    const units = [...amount.matchAll(/[^\d.]+/g)].map(([unit]) => unit);
    const unit = units.find((one) => parseDuration(`1${one}`) === undefined);
    throw new Refusal(400, `time: unknown unit "${unit}" in duration ${encode(value)}`);
  }
  return value.startsWith("-") ? forever : ms;
}

function goKind(value: unknown): string {
  if (typeof value === "boolean") return "bool";
  return Array.isArray(value) ? "[]interface {}" : "map[string]interface {}";
}
