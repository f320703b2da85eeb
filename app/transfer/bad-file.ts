/** A file from which nothing can be imported; `message` is shown to the user. */
export class BadFile extends Error {
  override readonly name = "BadFile";
  readonly code: string;

  constructor(code: string, sentence: string, options: { cause?: unknown } = {}) {
    super(sentence, options);
    this.code = code;
  }
}

/** A conversation that is not imported, unlike the others of its file; `message` is shown to the user. */
export class LeftOut extends Error {
  override readonly name = "LeftOut";
}
