/** Why a file is not accepted: a sentence that names it, and what to do. Thrown by everything in files/. */
export class FileRefusal extends Error {
  override readonly name = "FileRefusal";
  readonly next: string;

  constructor(sentence: string, next: string, options: { cause?: unknown } = {}) {
    super(sentence, options);
    this.next = next;
  }
}
