import { endingOf } from "./name";

export interface PastedFile {
  name: string;
  text: string;
}

/** The files of a prompt as named code blocks, then the prompt. */
export function paste(files: readonly PastedFile[], prompt: string): string {
  const blocks = files.map(({ name, text }) => `File: ${name}\n${fenced(text, languageOf(name))}`);
  return [...blocks, ...(prompt === "" ? [] : [prompt])].join("\n\n");
}

/** A Markdown code block whose fence the text cannot close. */
export function fenced(text: string, language: string): string {
  let longest = 2;
  for (const [row] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, row.length);
  const fence = "`".repeat(longest + 1);
  const word = /^[\w+#.-]{1,40}$/.test(language) ? language : "";
  return `${fence}${word}\n${text.replace(/\n$/, "")}\n${fence}`;
}

function languageOf(name: string): string {
  const ending = endingOf(name);
  return /^[a-z][a-z0-9+#]{0,9}$/.test(ending) && !["txt", "text", "log", "pdf"].includes(ending)
    ? ending
    : "";
}
