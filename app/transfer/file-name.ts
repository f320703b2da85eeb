const LONGEST = 80;

/** A title as the name of a file that every system takes, without an ending; never empty. */
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

/** The header that makes a browser save a response under a name (RFC 6266). */
export function contentDisposition(name: string): string {
  // For readers that know no other: letters of ASCII, and what ends or escapes the text left out.
  const plain = name
    .normalize("NFKD")
    .replace(/[^\x20-\x7e]/g, "")
    .replace(/["\\%]/g, "");
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const fallback = /^\s*(\.\w+)?$/.test(plain) ? `conversation${plain.trim()}` : plain;
  return `attachment; filename="${fallback}"; filename*=UTF-8''${encoded}`;
}
