/** What a request for an answer says, checked and refused in the words of an Ollama of 0.33. */
import type { Turn } from "./answer";
import { knownName } from "./model";
import { BARE_JSON, Refusal } from "./wire";

export interface Ask {
  /** The model's name as it was asked for, which is how it is answered. */
  model: string;
  /** Empty: the model is only to be loaded. */
  turns: Turn[];
  stream: boolean;
  /** How long the model stays in memory, in milliseconds; negative for ever. */
  keepAliveMs: number;
  /** The most pieces of an answer; Infinity where there is no limit. */
  mostPieces: number;
  seed: number;
}

type Fields = Record<string, unknown>;

const NO_IMAGES = {
  error: {
    code: 400,
    message: "Multimodal data provided, but model does not support multimodal requests.",
    type: "invalid_request_error",
  },
};

/** Reads the body of `/api/chat`. */
export function readAsk(body: string): Ask {
  const fields = readFields(body);
  const model = knownName(fields.model);
  if (fields.think) throw new Refusal(400, `"${model}" does not support thinking`);
  if (Array.isArray(fields.tools) && fields.tools.length > 0) {
    throw new Refusal(400, "registry.ollama.ai/library/eliza:latest does not support tools");
  }
  const options = isFields(fields.options) ? fields.options : {};
  const limit = wholeOption(options, "num_predict", -1);
  return {
    model,
    turns: readTurns(fields.messages ?? []),
    stream: fields.stream !== false,
    keepAliveMs: keepAlive(fields.keep_alive ?? "5m"),
    mostPieces: limit > 0 ? limit : Number.POSITIVE_INFINITY,
    seed: Math.max(0, wholeOption(options, "seed", 0)),
  };
}

/** A JSON object, or the words in which Go's decoder complains. */
export function readFields(body: string): Fields {
  const first = body.trim()[0];
  if (first === undefined) throw new Refusal(400, "missing request body");
  try {
    const fields: unknown = JSON.parse(body);
    if (isFields(fields)) return fields;
  } catch {
    if (first === "{") throw new Refusal(400, "unexpected EOF");
  }
  throw new Refusal(400, `invalid character '${first}' looking for beginning of value`);
}

function readTurns(messages: unknown): Turn[] {
  if (!Array.isArray(messages)) throw wrongKind(messages, "messages", "[]api.Message");
  return messages.map((message: unknown) => {
    if (!isFields(message)) throw wrongKind(message, "messages", "api.Message");
    const { role = "", content = "", images } = message;
    if (Array.isArray(images) && images.length > 0) {
      throw new Refusal(400, JSON.stringify(NO_IMAGES), BARE_JSON);
    }
    if (typeof role !== "string") throw wrongKind(role, "messages.role", "string");
    if (content !== null && typeof content !== "string") {
      throw wrongKind(content, "messages.content", "string");
    }
    return { role: role.toLowerCase(), content: content ?? "" };
  });
}

function wrongKind(value: unknown, field: string, kind: string): Refusal {
  const found = Array.isArray(value) ? "array" : typeof value === "boolean" ? "bool" : typeof value;
  const place = `Go struct field ChatRequest.${field} of type ${kind}`;
  return new Refusal(400, `json: cannot unmarshal ${found} into ${place}`);
}

function wholeOption(options: Fields, name: string, otherwise: number): number {
  const value = options[name] ?? otherwise;
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new Refusal(500, `option "${name}" must be of type integer`);
}

const UNITS_IN_MS: Record<string, number> = {
  ...{ ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1 },
  ...{ s: 1000, m: 60_000, h: 3_600_000 },
};

/** Seconds as a number, or one of Go's durations, such as "1h30m". */
function keepAlive(value: unknown): number {
  if (typeof value === "number") return value * 1000;
  if (typeof value !== "string") throw new Refusal(400, `Unsupported type: '${typeof value}'`);
  const [, sign, rest = ""] = /^([-+]?)(.*)$/s.exec(value) ?? [];
  if (rest === "0") return 0;
  if (/^[\d.]+$/.test(rest)) {
    throw new Refusal(400, `time: missing unit in duration "${value}"`);
  }
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(rest)) {
    throw new Refusal(400, `time: invalid duration "${value}"`);
  }
  const parts = [...rest.matchAll(/([\d.]+)([a-zµ]+)/g)];
  const ms = parts.map(([, amount, unit = ""]) => Number(amount) * (UNITS_IN_MS[unit] ?? 0));
  return ms.reduce((sum, part) => sum + part, 0) * (sign === "-" ? -1 : 1);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
