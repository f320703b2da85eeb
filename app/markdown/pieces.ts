/** Line breaks as `\n` and no NUL, which is what CommonMark makes of them first of all. */
export function normalized(text: string): string {
  return text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd");
}

/** Turns pieces into normalized text; half of a character or of a line break waits for its other half. */
export class Pieces {
  #waiting = "";

  take(piece: string): string {
    const text = this.#waiting + piece;
    const last = text.charCodeAt(text.length - 1);
    const isHalf = last === 0x0d || (last >= 0xd800 && last <= 0xdbff);
    const end = isHalf ? text.length - 1 : text.length;
    this.#waiting = text.slice(end);
    return normalized(text.slice(0, end));
  }
}

/** A line of nothing but marks, or one that opens a fence: what it will be is not known before it goes on. */
const UNDECIDED = /^(?:[\s>#\-=*+_~|:`]+|\s*`{3,}[^`\n]{0,200}|\s*~{3,}[^\n]{0,200})$/;

/**
 * The text as it can be shown while it grows: without a last line that may turn a paragraph into a heading
 * and back, or show the marks of a list before there is an item.
 */
export function withoutUndecided(text: string): string {
  const start = text.lastIndexOf("\n") + 1;
  return UNDECIDED.test(text.slice(start)) ? text.slice(0, start) : text;
}
