import { endingOf } from "./name";

export interface PastedFile {
  name: string;
  text: string;
}

/**
 * A prompt with its files, for a host: each file under its name in a fence that nothing inside can close, then the
 * prompt.
 */
export function paste(files: readonly PastedFile[], prompt: string): string {
  const blocks = files.map(({ name, text }) => {
    const fence = fenceFor(text);
    return `File: ${name}\n${fence}${languageOf(name)}\n${text.replace(/\n$/, "")}\n${fence}`;
  });
  return [...blocks, ...(prompt === "" ? [] : [prompt])].join("\n\n");
}

/** A fence longer than any in the text. */
function fenceFor(text: string): string {
  let longest = 2;
  for (const [row] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, row.length);
  return "`".repeat(longest + 1);
}

/** Most endings are names of languages, but some say no more than "text". */
function languageOf(name: string): string {
  const ending = endingOf(name);
  return /^[a-z][a-z0-9+#]{0,9}$/.test(ending) && !["txt", "text", "log", "pdf"].includes(ending)
    ? ending
    : "";
}
