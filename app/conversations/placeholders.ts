import { ParleyError } from "~/errors";
import { PROMPT_BYTES } from "~/limits";

/** `{{topic}}`: a name is one line without braces. */
const PLACEHOLDER = /\{\{([^{}\n]{1,100})\}\}/g;

export type Segment = { text: string } | { name: string };

/** Splits a text at its placeholders; after `most` segments the rest is text. */
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

/** The distinct names of the placeholders, in order. */
export function placeholdersOf(text: string): string[] {
  const names = new Set<string>();
  for (const [, name = ""] of text.matchAll(PLACEHOLDER)) names.add(name.trim());
  names.delete("");
  return [...names];
}

/** Replaces the placeholders; values are not searched for placeholders. Throws if the result is longer than a prompt. */
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
