import { ParleyError } from "~/errors";
import { PROMPT_BYTES } from "~/limits";

/**
 * Places in a saved prompt that are filled in when it is used: `{{topic}}`. A name is one line without braces;
 * whatever else has braces, `{{}}` among them, is text.
 */
const PLACEHOLDER = /\{\{([^{}\n]{1,100})\}\}/g;

/** A segment of a saved prompt: plain text, or a place by its name. */
export type Segment = { text: string } | { name: string };

/** The text cut at its places; once there are `most` segments, the rest is text. */
export function segmentsOf(text: string, most = Number.POSITIVE_INFINITY): Segment[] {
  const segments: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (segments.length >= most) break;
    const name = match[1]?.trim() ?? "";
    if (name === "") continue;
    if (match.index > end) segments.push({ text: text.slice(end, match.index) });
    segments.push({ name });
    end = match.index + match[0].length;
  }
  if (end < text.length) segments.push({ text: text.slice(end) });
  return segments;
}

/** The names of the places, each once, in the order in which they come. */
export function placeholdersOf(text: string): string[] {
  const names = new Set<string>();
  for (const [, name = ""] of text.matchAll(PLACEHOLDER)) names.add(name.trim());
  names.delete("");
  return [...names];
}

/**
 * The text with its places filled. What is put in is not looked at again, whatever braces it has. Throws where
 * the whole would be longer than a prompt: a few places repeat what is put in many times.
 */
export function fillPlaceholders(text: string, valueFor: (name: string) => string): string {
  const parts = segmentsOf(text).map((segment) =>
    "name" in segment ? valueFor(segment.name) : segment.text,
  );
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length <= PROMPT_BYTES) return parts.join("");
  throw new ParleyError(
    "prompt-too-long",
    "With what you filled in, the prompt is longer than 1 MiB.",
    {
      kind: "invalid",
      next: "Go back and fill in less.",
    },
  );
}
