import { encode, timestamp } from "./wire";

export interface ToolCall {
  id: string;
  function: { index: number; name: string; arguments: Record<string, unknown> };
}

/** What one chunk says. */
export interface Said {
  content?: string;
  thinking?: string;
  calls?: ToolCall[];
}

/** How a reply is written down: one JSON object a chunk, with Go's order of fields. */
export interface Lines {
  /** A chunk that is not the last, with its newline. */
  chunk(said: Said): string;
  /** An object with `done`, without a newline; `ending` are the fields after `done`. */
  object(said: Said, done: boolean, ending: Record<string, unknown>): string;
  /** The first part of a chunk, as a killed server leaves it. */
  half(): string;
}

/** The two kinds of reply: `message` for /api/chat, `response` for /api/generate. */
export type Kind = "chat" | "generate";

/** The lines of one reply; `name` is the model as the client wrote it. */
export function linesOf(
  kind: Kind,
  name: string,
  remote: Record<string, unknown>,
  extra: Record<string, unknown>,
): Lines {
  const open = `${members({ model: name, ...remote })},"created_at":"`;
  const body = kind === "chat" ? chatBody : generateBody;
  const more = members(extra).slice(1);
  const tail = more && `,${more}`;
  const object = (said: Said, done: boolean, ending: Record<string, unknown>) => {
    const fields = members(ending).slice(1);
    return `${open}${timestamp()}",${body(said)},"done":${done}${fields && `,${fields}`}${tail}}`;
  };
  return {
    object,
    chunk: (said) => `${open}${timestamp()}",${body(said)},"done":false${tail}}\n`,
    half: () => `${open}${timestamp()}","mess`,
  };
}

// An object without its closing brace, so that more members can follow.
function members(fields: Record<string, unknown>): string {
  return encode(fields).slice(0, -1);
}

function chatBody({ content = "", thinking, calls }: Said): string {
  const thought = thinking ? `,"thinking":${encode(thinking)}` : "";
  const called = calls ? `,"tool_calls":${encode(calls)}` : "";
  return `"message":{"role":"assistant","content":${encode(content)}${thought}${called}}`;
}

function generateBody({ content = "", thinking }: Said): string {
  return `"response":${encode(content)}${thinking ? `,"thinking":${encode(thinking)}` : ""}`;
}
