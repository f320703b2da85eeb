export const JSON_TYPE = "application/json; charset=utf-8";
export const NDJSON_TYPE = "application/x-ndjson";
export const TEXT_TYPE = "text/plain; charset=utf-8";
export const ALIVE = "Ollama is running";

type Fields = Record<string, unknown>;

export interface ModelDetails {
  parent_model: string;
  format: string;
  family: string;
  families: string[] | null;
  parameter_size: string;
  quantization_level: string;
}

export interface WireModel {
  name: string;
  size: number;
  digest: string;
  details: ModelDetails;
  modifiedAt: string;
  /** Null if the server does not report them. */
  capabilities: string[] | null;
  remote?: { model: string; host: string };
}

const HTML_ESCAPES: Record<string, string> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** JSON as Go's encoder writes it: HTML characters escaped, broken UTF-16 as U+FFFD. */
export function encode(value: unknown): string {
  return JSON.stringify(value)
    .replace(/\\+ud[89a-f][0-9a-f]{2}/g, loneSurrogate)
    .replace(/[<>&\u2028\u2029]/g, (found) => HTML_ESCAPES[found] ?? found);
}

// JSON.stringify escapes half a surrogate pair. After an even number of backslashes the escape is text.
function loneSurrogate(found: string): string {
  const slashes = found.lastIndexOf("\\") + 1;
  return slashes % 2 ? `${found.slice(0, slashes - 1)}\ufffd` : found;
}

/** Leaves out what Go's omitempty leaves out: nothing, zero, "", false. */
export function omitEmpty(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => Boolean(value)));
}

export function nanoseconds(ms: number): number {
  return Math.round(ms * 1e6);
}

let lastSecond = -1;
let lastSecondText = "";

/** Go's RFC3339Nano in UTC: at most 9 digits of a fraction, without trailing zeros. */
export function timestamp(unixMs: number, digits = 9): string {
  const second = Math.floor(unixMs / 1000);
  // A fast answer has thousands of lines a second, and a Date takes longer than the line.
  if (second !== lastSecond) {
    lastSecond = second;
    lastSecondText = new Date(second * 1000).toISOString().slice(0, 19);
  }
  const nanos = Math.floor((unixMs - second * 1000) * 1e6);
  const fraction = String(nanos).padStart(9, "0").slice(0, digits).replace(/0+$/, "");
  return `${lastSecondText}${fraction && `.${fraction}`}Z`;
}

export interface Chunk {
  content?: string;
  thinking?: string;
  calls?: readonly unknown[];
}

export interface LineWriter {
  chunk(chunk: Chunk, createdAt: string): string;
  /** A document without a newline; `ending` are the fields after `done`. */
  object(chunk: Chunk, createdAt: string, done: boolean, ending: Fields): string;
}

/** `remote` are fields before the time, `extra` at the end; `body` writes the content, by default a chat message. */
export function lineWriter(
  model: string,
  { remote = {}, extra = {}, body = chatBody }: LineOptions = {},
): LineWriter {
  const head = `${encode({ model, ...remote }).slice(0, -1)},"created_at":"`;
  const tail = `${moreMembers(extra)}}`;
  return {
    chunk: (chunk, createdAt) => `${head}${createdAt}",${body(chunk)},"done":false${tail}\n`,
    object: (chunk, createdAt, done, ending) =>
      `${head}${createdAt}",${body(chunk)},"done":${done}${moreMembers(ending)}${tail}`,
  };
}

export interface LineOptions {
  remote?: Fields;
  extra?: Fields;
  body?: (chunk: Chunk) => string;
}

function moreMembers(fields: Fields): string {
  const members = encode(fields).slice(1, -1);
  return members && `,${members}`;
}

function chatBody({ content = "", thinking, calls }: Chunk): string {
  const thought = thinking ? `,"thinking":${encode(thinking)}` : "";
  const called = calls ? `,"tool_calls":${encode(calls)}` : "";
  return `"message":{"role":"assistant","content":${encode(content)}${thought}${called}}`;
}

/** The fields after `done` in the last line, without zeros. */
export function doneFields(reason: string, figures: Fields, context: Fields = {}): Fields {
  return { done_reason: reason, ...context, ...omitEmpty(figures) };
}

export function tag(model: WireModel, lengths: Fields = {}): Fields {
  const { name, modifiedAt, size, digest, details, capabilities } = model;
  return {
    name,
    model: name,
    ...remoteFields(model),
    ...{ modified_at: modifiedAt, size, digest },
    details: { ...details, ...lengths },
    ...(capabilities && { capabilities }),
  };
}

/** An entry of `/api/ps`; `expiresAt` is written as `modifiedAt` is. */
export function loaded(
  { name, size, digest, details }: WireModel,
  expiresAt: string,
  vramSize: number,
  contextLength: number,
): Fields {
  return {
    ...{ name, model: name, size, digest, details, expires_at: expiresAt },
    ...{ size_vram: vramSize, context_length: contextLength },
  };
}

export interface ShownModel extends WireModel {
  modelfile: string;
  template: string;
  modelInfo: Fields;
  tensors?: unknown[];
  license?: string;
  parameters?: string;
  system?: string;
  thinking?: unknown;
}

export function shown(model: ShownModel): Fields {
  const { license, modelfile, parameters, template, system, details, thinking } = model;
  return {
    ...omitEmpty({ license }),
    modelfile,
    ...omitEmpty({ parameters }),
    template,
    ...omitEmpty({ system }),
    details,
    ...remoteFields(model),
    model_info: model.modelInfo,
    ...(model.tensors && { tensors: model.tensors }),
    ...{ capabilities: model.capabilities, modified_at: model.modifiedAt },
    ...omitEmpty({ thinking }),
  };
}

export function remoteFields({ remote }: Pick<WireModel, "remote">): Fields {
  return remote ? { remote_model: remote.model, remote_host: remote.host } : {};
}
