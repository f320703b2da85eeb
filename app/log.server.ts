export const LOG_LEVELS = ["error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFields = Record<string, unknown>;
type Write = (event: string, fields?: LogFields) => void;
export type Log = Record<LogLevel, Write>;

export interface LogOptions {
  level: LogLevel;
  pretty: boolean;
  /** Called with the text of one event and its line end. */
  write: (text: string) => void;
  now?: () => Date;
}

const MAX_DEPTH = 8;

/** A log that never throws. */
export function createLog({ level, pretty, write, now = () => new Date() }: LogOptions): Log {
  const threshold = LOG_LEVELS.indexOf(level);

  const writer = (at: LogLevel): Write => {
    if (LOG_LEVELS.indexOf(at) > threshold) return () => {};
    const stacks = at === "error" || level === "debug";
    return (event, fields = {}) => {
      try {
        const time = now().toISOString();
        const known = plainFields(fields, stacks);
        write(pretty ? prettyLine(time, at, event, known) : jsonLine(time, at, event, known));
      } catch {
        // There is nowhere to report this.
      }
    };
  };

  return {
    error: writer("error"),
    warn: writer("warn"),
    info: writer("info"),
    debug: writer("debug"),
  };
}

function jsonLine(time: string, level: LogLevel, event: string, fields: LogFields): string {
  const line: LogFields = { time, level, event };
  for (const [name, value] of Object.entries(fields)) {
    line[Object.hasOwn(line, name) ? `_${name}` : name] = value;
  }
  return `${json(line)}\n`;
}

function prettyLine(time: string, level: LogLevel, event: string, fields: LogFields): string {
  const frames: string[] = [];
  const words = Object.entries(fields).map(([name, value]) => {
    if (!isErrorFields(value)) return `${bare(name)}=${bare(value)}`;
    const { stack, ...rest } = value;
    frames.push(...stackFrames(stack));
    return `${bare(name)}=${bare(rest)}`;
  });
  const head = [time.slice(11, 23), level.padEnd(5), bare(event), ...words].join(" ");
  // Only stack frames get further lines, indented, so that no value can imitate an event.
  return `${[head, ...frames].join("\n")}\n`;
}

function stackFrames(stack: string): string[] {
  const places = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return places.map((line) => `      ${json(line.trim()).slice(1, -1)}`);
}

function isErrorFields(value: unknown): value is LogFields & { stack: string } {
  return typeof value === "object" && value !== null && "stack" in value && isText(value.stack);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A value for a readable line, quoted only if it would be ambiguous. */
function bare(value: unknown): string {
  const quoted = json(value);
  return isText(value) && /^[^\s"=]+$/.test(value) && quoted === `"${value}"` ? value : quoted;
}

// JSON does not escape these: DEL and C1 control a terminal, separators end lines, direction marks reorder text.
const UNSAFE = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function json(value: unknown): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return (JSON.stringify(value) ?? "null").replace(UNSAFE, escaped);
}

function plainFields(fields: LogFields, stacks: boolean): LogFields {
  const plain: LogFields = {};
  for (const name of Object.keys(fields)) {
    try {
      const value = toPlain(fields[name], stacks, []);
      if (value !== undefined) plain[name] = value;
    } catch {
      plain[name] = "[unreadable]";
    }
  }
  return plain;
}

/** A copy that JSON can write; `above` are the objects that contain the value. */
function toPlain(value: unknown, stacks: boolean, above: readonly object[]): unknown {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value === "function" || typeof value === "symbol") return String(value).slice(0, 80);
  if (typeof value !== "object" || value === null) return value;
  if (above.includes(value)) return "[circular]";
  if (above.length >= MAX_DEPTH) return "[deeper]";

  const inner = (part: unknown) => toPlain(part, stacks, [...above, value]);
  if (value instanceof Error) return errorFields(value, stacks, inner);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map || value instanceof Set) return [...value].map(inner);
  if (Array.isArray(value)) return value.map(inner);
  if ("toJSON" in value && typeof value.toJSON === "function") return inner(value.toJSON());
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inner(part)]));
}

function errorFields(error: Error, stacks: boolean, inner: (part: unknown) => unknown): LogFields {
  const fields: LogFields = { name: error.name, message: error.message };
  if ("code" in error) fields.code = inner(error.code);
  if (error.cause !== undefined) fields.cause = inner(error.cause);
  if (stacks && error.stack) fields.stack = error.stack;
  return fields;
}
