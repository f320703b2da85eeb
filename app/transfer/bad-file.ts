/** What is wrong with a file as a whole: nothing of it is taken. `message` is a sentence for the person. */
export class BadFile extends Error {
  override readonly name = "BadFile";
  readonly code: string;

  constructor(code: string, sentence: string, options: { cause?: unknown } = {}) {
    super(sentence, options);
    this.code = code;
  }
}

/** Why one conversation of a file is left out: a sentence for the person. The others go on. */
export class LeftOut extends Error {
  override readonly name = "LeftOut";
}
