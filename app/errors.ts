/**
 * Errors that a person may read. `message` is a whole sentence, `next` says what to do, `detail` holds
 * the other side's own words. Everything else that is thrown is our own fault and gets an id in the log.
 */
export class ParleyError extends Error {
  override readonly name = "ParleyError";
  readonly code: string;
  readonly status: number;
  readonly next: string | undefined;
  readonly detail: string | undefined;

  constructor(
    code: string,
    sentence: string,
    options: { status?: number; next?: string; detail?: string; cause?: unknown } = {},
  ) {
    super(sentence, { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 500;
    this.next = options.next;
    this.detail = options.detail;
  }
}

/** A fault that keeps the program from starting: one sentence, shown without a stack, exit code 1. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** An error as a page shows it. */
export interface Problem {
  code: string;
  /** What happened, as a whole sentence. */
  sentence: string;
  /** What to do next. */
  next?: string;
  /** The other side's own words, shown folded. */
  detail?: string;
  /** Set for our own faults: the id under which the log has it. */
  id?: string;
}

/** What a page shows of an error that a person may read. */
export function problemOf(error: ParleyError): Problem {
  return {
    code: error.code,
    sentence: error.message,
    ...(error.next === undefined ? {} : { next: error.next }),
    ...(error.detail === undefined ? {} : { detail: error.detail }),
  };
}
