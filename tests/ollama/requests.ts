import { encode } from "~/ollama/wire";
import { parseDuration } from "~/shared/numbers";
import { Refusal } from "./reply";
import type { ChatBody, ChatMessage } from "./types";

/** Go's word for the type of a JSON value. */
export function jsonType(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (value === null) return "null";
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** The JSON object of a request. The Content-Type is not looked at, as Ollama does not either. */
export function readObject(text: string, struct: string): Record<string, unknown> {
  const value = readJson(text);
  if (value === null) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value as Record<string, unknown>;
  const type = jsonType(value);
  throw new Refusal(400, `json: cannot unmarshal ${type} into Go value of type api.${struct}`);
}

function readJson(text: string): unknown {
  if (!text.trim()) throw new Refusal(400, "missing request body");
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, syntaxError(text.trim()));
  }
}

// Go's words for the two faults that happen: a body that was cut, and something else than JSON.
function syntaxError(text: string): string {
  const started = /^[[{"\d-]/.test(text);
  if (started && isCut(text)) return "unexpected EOF";
  const culprit = started ? text.slice(1).trimStart()[0] : text[0];
  const sought = text.startsWith("{") ? "object key string" : "value";
  return `invalid character '${culprit}' looking for beginning of ${sought}`;
}

function isCut(text: string): boolean {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/gs, "");
  const opened = bare.match(/[[{]/g)?.length ?? 0;
  const closed = bare.match(/[\]}]/g)?.length ?? 0;
  return bare.includes('"') || opened > closed;
}

/** The Go type of each field; a value of another JSON type is refused. Null means "not set". */
export type FieldTypes = Record<string, { json: string; go: string }>;

export const text = { json: "string", go: "string" };
export const flag = { json: "bool", go: "bool" };
export const whole = { json: "number", go: "int" };
export const map = { json: "object", go: "map[string]interface {}" };
export const list = (go: string) => ({ json: "array", go });

/** Refuses fields of a wrong JSON type with Go's words, such as `ChatRequest.messages.content`. */
export function checkFields(
  fields: Record<string, unknown>,
  types: FieldTypes,
  struct: string,
  path = "",
): void {
  for (const [name, value] of Object.entries(fields)) {
    const wanted = types[name];
    const type = jsonType(value);
    if (!wanted || type === "null" || type === wanted.json) continue;
    const where = `${struct}.${path}${name}`;
    const what = `cannot unmarshal ${type} into Go struct field ${where} of type ${wanted.go}`;
    throw new Refusal(400, `json: ${what}`);
  }
}

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
