/** Why a file is not accepted; `message` and `next` are shown to the user. */
export class FileRefusal extends Error {
  override readonly name = "FileRefusal";
  readonly next: string;

  constructor(sentence: string, next: string, options: { cause?: unknown } = {}) {
    super(sentence, options);
    this.next = next;
  }
}
