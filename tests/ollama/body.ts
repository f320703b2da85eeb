import { Refusal } from "./wire";

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
