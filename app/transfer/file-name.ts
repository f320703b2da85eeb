const LONGEST = 80;

/** A title as a file name that every system accepts, without an extension; never empty. */
export function fileName(title: string): string {
  const plain = title
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const short = [...plain].slice(0, LONGEST).join("");
  // Windows takes no dot or space at the end; elsewhere one at the beginning hides the file.
  const name = short.replace(/^[. ]+|[. ]+$/g, "");
  return /^(con|prn|aux|nul|com\d|lpt\d)?$/i.test(name) ? `conversation ${name}`.trim() : name;
}
