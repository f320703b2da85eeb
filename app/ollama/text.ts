/** The longest beginning of at most `most` bytes in UTF-8; splits no character. */
export function beginningWithin(text: string, most: number): string {
  // A UTF-16 unit takes at most three bytes.
  if (text.length * 3 <= most || Buffer.byteLength(text) <= most) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(Math.max(0, most)));
  return text.slice(0, read);
}

/** A slice would keep the whole text in memory; this is a copy. */
export function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}
