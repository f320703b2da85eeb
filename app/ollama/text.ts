/** The longest beginning of a text with at most so many bytes in UTF-8; does not split characters. */
export function beginningWithin(text: string, most: number): string {
  // A UTF-16 unit takes at most three bytes.
  if (text.length * 3 <= most || Buffer.byteLength(text) <= most) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(Math.max(0, most)));
  return text.slice(0, read);
}

/** A copy; a slice of a longer text would keep all of that in memory. */
export function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}
