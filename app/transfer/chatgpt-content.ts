import * as v from "valibot";
import { fenced } from "~/files/paste";
import { type ImportedMessage, role } from "./imported";
import { flag, isObject, list, name, record, text, time } from "./values";

export const messageFields = record({
  author: record({ role }),
  content: record({
    content_type: text,
    text,
    parts: list,
    thoughts: list,
    language: text,
    title: text,
    url: text,
    result: text,
    summary: text,
  }),
  metadata: record({ is_visually_hidden_from_conversation: flag, model_slug: name }),
  create_time: time,
});
type Message = v.InferOutput<typeof messageFields>;

const partFields = record({ content_type: text });
const thoughtFields = record({ summary: text, content: text });

export interface MessageContent {
  role: ImportedMessage["role"];
  /** If null, the message is left out. */
  text: string | null;
  /** Only set if the message has no text. */
  thinking: string;
  /** Pictures and recordings that are named but not included. */
  pictures: number;
  recordings: number;
  /** It has text, but an unknown role. */
  unknown: boolean;
}

const HIDDEN_TYPES = new Set([
  "user_editable_context",
  "model_editable_context",
  "reasoning_recap",
]);

/** Reads a message by the kind of its content. */
export function contentOf({ author, content, metadata }: Message): MessageContent {
  const none = { role: author.role ?? "user", text: null, thinking: "" } as const;
  const nothing = { ...none, pictures: 0, recordings: 0, unknown: false };
  const hidden = metadata.is_visually_hidden_from_conversation;
  if (hidden || HIDDEN_TYPES.has(content.content_type)) return nothing;
  if (content.content_type === "thoughts") return { ...nothing, thinking: thinkingIn(content) };
  const missing = missingIn(content.parts);
  const written = textIn(content);
  if (!author.role) return { ...nothing, ...missing, unknown: written !== "" };
  const shows = written !== "" || missing.pictures + missing.recordings > 0;
  // Generated pictures are messages of a tool without text.
  return { ...nothing, ...missing, text: shows ? written || placeholder(missing) : null };
}

function missingIn(parts: readonly unknown[]): { pictures: number; recordings: number } {
  const kinds = parts.map((part) => v.parse(partFields, part).content_type);
  const pictures = kinds.filter((kind) => kind.includes("image") || kind.includes("video"));
  const recordings = kinds.filter(
    (kind) =>
      kind.startsWith("audio") && kind !== "audio_transcription" && !pictures.includes(kind),
  );
  return { pictures: pictures.length, recordings: recordings.length };
}

function textIn(content: Message["content"]): string {
  switch (content.content_type) {
    case "code": {
      const code = content.text || joined(content.parts);
      const language = content.language === "unknown" ? "" : content.language;
      return code.trim() && fenced(code, language);
    }
    case "execution_output":
    case "system_error":
      return content.text.trim();
    case "tether_quote":
      return [content.title, content.url, content.text].filter(Boolean).join("\n\n");
    default:
      return joined(content.parts) || content.text || content.result || content.summary;
  }
}

function joined(parts: readonly unknown[]): string {
  return parts
    .map((part) => v.parse(text, isObject(part) ? part.text : part))
    .filter((part) => part.trim() !== "")
    .join("\n\n");
}

function thinkingIn({ thoughts }: Message["content"]): string {
  return thoughts
    .map((thought) => v.parse(thoughtFields, thought))
    .map(({ summary, content }) => [summary, content].filter(Boolean).join("\n"))
    .filter(Boolean)
    .join("\n\n");
}

function placeholder({ pictures, recordings }: { pictures: number; recordings: number }): string {
  const [what, count] = pictures ? ["picture", pictures] : ["recording", recordings];
  return count === 1 ? `(a ${what})` : `(${count} ${what}s)`;
}
