import { type DraftMessage, roleOf } from "./draft";
import { fenced } from "./fenced";
import { isObject, type JsonObject, listOf, objectOf, textOf } from "./values";

/** What a message of ChatGPT's export says to a person. */
export interface Said {
  role: DraftMessage["role"];
  /** Null where it says nothing: it stands aside. */
  text: string | null;
  /** What the model thought, in messages that say nothing else. */
  thinking: string;
  /** What the export names but does not hold. */
  pictures: number;
  recordings: number;
  /** It says something that we cannot read. */
  unknown: boolean;
}

/** Kinds that nobody ever saw as messages. */
const NEVER_SHOWN = new Set(["user_editable_context", "model_editable_context", "reasoning_recap"]);

/** Reads a message by the kind of its content. */
export function contentOf(message: JsonObject): Said {
  const author = objectOf(message.author);
  const role = roleOf(author.role);
  const content = objectOf(message.content);
  const hidden = objectOf(message.metadata).is_visually_hidden_from_conversation === true;
  const said: Said = {
    role: role ?? "user",
    text: null,
    thinking: "",
    pictures: 0,
    recordings: 0,
    unknown: false,
  };
  if (hidden || NEVER_SHOWN.has(textOf(content.content_type))) return said;
  if (content.content_type === "thoughts") return { ...said, thinking: thoughtsOf(content) };
  const parts = listOf(content.parts);
  for (const part of parts) {
    const kind = textOf(objectOf(part).content_type);
    if (kind.includes("image") || kind.includes("video")) said.pictures++;
    else if (kind.startsWith("audio") && kind !== "audio_transcription") said.recordings++;
  }
  const text = textIn(content, parts);
  if (!role) return { ...said, unknown: text !== "" };
  const shows = text !== "" || said.pictures + said.recordings > 0;
  // A picture that the model made comes from a tool; what remains of it is that it was there.
  return shows ? { ...said, text: text || placeholder(said) } : said;
}

function textIn(content: JsonObject, parts: readonly unknown[]): string {
  const text = textOf(content.text);
  switch (content.content_type) {
    case "code": {
      const language = textOf(content.language);
      const code = text || joined(parts);
      return code.trim() && fenced(code, language === "unknown" ? "" : language);
    }
    case "execution_output":
    case "system_error":
      // What a tool gave back is shown as it is, not as Markdown.
      return text.trim();
    case "tether_quote":
      return [textOf(content.title), textOf(content.url), text].filter(Boolean).join("\n\n");
    default:
      return joined(parts) || text || textOf(content.result) || textOf(content.summary);
  }
}

function joined(parts: readonly unknown[]): string {
  return parts
    .map((part) => textOf(isObject(part) ? part.text : part))
    .filter((text) => text.trim() !== "")
    .join("\n\n");
}

function thoughtsOf(content: JsonObject): string {
  return listOf(content.thoughts)
    .map(objectOf)
    .map(({ summary, content: thought }) =>
      [textOf(summary), textOf(thought)].filter(Boolean).join("\n"),
    )
    .filter(Boolean)
    .join("\n\n");
}

function placeholder({ pictures, recordings }: Said): string {
  const [what, count] = pictures ? ["picture", pictures] : ["recording", recordings];
  return count === 1 ? `(a ${what})` : `(${count} ${what}s)`;
}
