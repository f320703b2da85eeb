/** Code as Markdown, behind a fence that the code itself cannot close. */
export function fenced(code: string, language: string): string {
  let fence = "```";
  for (const [run] of code.matchAll(/`+/g)) if (run.length >= fence.length) fence = `${run}\``;
  const word = /^[\w+#.-]{1,40}$/.test(language) ? language : "";
  return `${fence}${word}\n${code.replace(/\n$/, "")}\n${fence}`;
}
