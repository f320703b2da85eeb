import { endingOf } from "./name";

/** A file of text as it is pasted. */
export interface PastedFile {
  name: string;
  text: string;
}

/**
 * What a host is told of a prompt with files: each file under its name, in a fence that nothing inside can
 * close, and then what the person wrote.
 */
export function paste(files: readonly PastedFile[], prompt: string): string {
  const blocks = files.map(({ name, text }) => {
    const fence = fenceFor(text);
    return `File: ${name}\n${fence}${languageOf(name)}\n${text.replace(/\n$/, "")}\n${fence}`;
  });
  return [...blocks, ...(prompt === "" ? [] : [prompt])].join("\n\n");
}

/** Longer than every row of backticks in the text. */
function fenceFor(text: string): string {
  let longest = 2;
  for (const [row] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, row.length);
  return "`".repeat(longest + 1);
}

/** Endings are what languages are called at the top of a fence, but for those that say no more than "text". */
function languageOf(name: string): string {
  const ending = endingOf(name);
  return /^[a-z][a-z0-9+#]{0,9}$/.test(ending) && !["txt", "text", "log", "pdf"].includes(ending)
    ? ending
    : "";
}
