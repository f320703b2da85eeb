/** The longest beginning of a text that takes no more than so many bytes; characters stay whole. */
export function beginningWithin(text: string, most: number): string {
  // No character takes more than three bytes for each unit of a string.
  if (text.length * 3 <= most || Buffer.byteLength(text) <= most) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(Math.max(0, most)));
  return text.slice(0, read);
}

/** A text by itself: a part that was cut from a longer text keeps all of that in memory. */
export function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}
