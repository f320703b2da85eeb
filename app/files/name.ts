import { FILE_NAME_CHARACTERS } from "~/limits";

/** Control characters, and direction marks, which could disguise a name. */
const INVISIBLE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/gu;

/** A file name for storing: no folders or invisible characters, shortened but with its ending; never empty. */
export function cleanName(raw: string): string {
  // Browsers encode these characters, and Bun does not decode them.
  const sent = raw.replace(/%(22|0a|0d)/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const last = sent.split(/[/\\]/).at(-1) ?? "";
  const name = last.replace(/\s+/g, " ").replace(INVISIBLE, "").trim();
  if (/^\.*$/.test(name)) return "file";
  const characters = [...name];
  if (characters.length <= FILE_NAME_CHARACTERS) return name;
  const ending = [...name.slice(name.lastIndexOf("."))];
  const kept = ending.length < 20 ? ending : [];
  return [...characters.slice(0, FILE_NAME_CHARACTERS - kept.length - 1), "…", ...kept].join("");
}

/** The extension in lower case, without its dot; "" if there is none. */
export function endingOf(name: string): string {
  return /\.([^.\s]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}
