/** A text by its lines, counted as markdown-it counts them. */
export class Lines {
  /** Where each line begins; the last one is the line that has no line break yet, perhaps empty. */
  readonly starts: number[] = [0];
  readonly text: string;

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1))
      this.starts.push(at + 1);
  }

  /** The number of lines that have their line break, and so will not change. */
  get complete(): number {
    return this.starts.length - 1;
  }

  start(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** A line, with its line break where it has one. */
  at(line: number): string {
    return this.text.slice(this.start(line), this.start(line + 1));
  }

  /** True for a complete line of nothing but spaces and tabs; other white space is text in CommonMark. */
  isBlank(line: number): boolean {
    if (line < 0 || line >= this.complete) return false;
    return /^[ \t]*$/.test(this.at(line).slice(0, -1));
  }
}
