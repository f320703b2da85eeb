/** Line breaks as `\n`, and no NUL: the first thing CommonMark does. */
export function normalized(text: string): string {
  return text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd");
}

/** Normalizes text that comes in chunks; half of a character or of a line break is kept for the next chunk. */
export class Normalizer {
  #half = "";

  next(chunk: string): string {
    const text = this.#half + chunk;
    const last = text.charCodeAt(text.length - 1);
    const isHalf = last === 0x0d || (last >= 0xd800 && last <= 0xdbff);
    const end = isHalf ? text.length - 1 : text.length;
    this.#half = text.slice(end);
    return normalized(text.slice(0, end));
  }
}

const UNDECIDED = /^(?:[\s>#\-=*+_~|:`]+|\s*`{3,}[^`\n]{0,200}|\s*~{3,}[^\n]{0,200})$/;

/** Drops a last line that could turn a paragraph into a heading and back, or show the marks of a list without its item. */
export function withoutUndecided(text: string): string {
  const start = text.lastIndexOf("\n") + 1;
  return UNDECIDED.test(text.slice(start)) ? text.slice(0, start) : text;
}

export class Lines {
  readonly starts: number[] = [0];
  readonly text: string;

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1))
      this.starts.push(at + 1);
  }

  get complete(): number {
    return this.starts.length - 1;
  }

  start(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  at(line: number): string {
    return this.text.slice(this.start(line), this.start(line + 1));
  }

  /** Whether a line is complete and blank; white space other than spaces and tabs is text in CommonMark. */
  isBlank(line: number): boolean {
    if (line < 0 || line >= this.complete) return false;
    return /^[ \t]*$/.test(this.at(line).slice(0, -1));
  }
}
