import { FILE_NAME_CHARACTERS } from "~/limits";

/** Control characters, and those that turn the direction of a text: they could make a name look like another. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/gu;

/**
 * A file's name as it is kept and shown: one line, no folders, no characters that are not seen, at most 200
 * characters with the ending kept. Never empty.
 */
export function cleanName(raw: string): string {
  // Browsers send these three of a name as a URL would; Bun leaves them so.
  const sent = raw.replace(/%(22|0a|0d)/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const last = sent.split(/[/\\]/).at(-1) ?? "";
  const name = last.replace(/\s+/g, " ").replace(UNSEEN, "").trim();
  if (/^\.*$/.test(name)) return "file";
  const characters = [...name];
  if (characters.length <= FILE_NAME_CHARACTERS) return name;
  const ending = [...name.slice(name.lastIndexOf("."))];
  const kept = ending.length < 20 ? ending : [];
  return [...characters.slice(0, FILE_NAME_CHARACTERS - kept.length - 1), "…", ...kept].join("");
}

/** The ending of a name in small letters, without its dot; "" where there is none. */
export function endingOf(name: string): string {
  return /\.([^.\s]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}
