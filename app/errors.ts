/** What kind of failure it is; http/status.ts knows what a response makes of it. */
export type ErrorKind =
  /** It cannot be read. */
  | "malformed"
  /** It can be read, and may not be done as it is. */
  | "invalid"
  | "too-large"
  /** Absent and someone else's look the same. */
  | "unknown"
  /** What it was meant for has changed. */
  | "conflict"
  | "forbidden"
  | "wrong-method"
  /** It may be possible later. */
  | "unavailable"
  | "fault";

/**
 * Errors that a person may read. `message` is a whole sentence, `next` says what to do, `detail` holds
 * the other side's own words. Everything else that is thrown is our own fault and gets an id in the log.
 */
export class ParleyError extends Error {
  override readonly name = "ParleyError";
  readonly code: string;
  readonly kind: ErrorKind;
  readonly next: string | undefined;
  readonly detail: string | undefined;

  constructor(
    code: string,
    sentence: string,
    options: { kind?: ErrorKind; next?: string; detail?: string; cause?: unknown } = {},
  ) {
    super(sentence, { cause: options.cause });
    this.code = code;
    this.kind = options.kind ?? "fault";
    this.next = options.next;
    this.detail = options.detail;
  }
}

/** What can keep the database from being written. */
export type StorageFault =
  | "disk-full"
  | "database-locked"
  | "database-gone"
  | "database-read-only"
  | "disk-failing";

const STORAGE_FAULTS: Record<StorageFault, { reason: string; next: string }> = {
  "disk-full": {
    reason: "the disk is full",
    next: "Make room on the disk that holds Parley's database, then try again.",
  },
  "database-locked": {
    reason: "another program has locked the database",
    next: "Wait until it is done (a backup, for example), then try again.",
  },
  "database-gone": {
    reason: "the database file was moved, deleted or replaced while Parley was running",
    next: "Put the file back, or restart Parley to use what is there now.",
  },
  "database-read-only": {
    reason: "the database may only be read",
    next: "Let Parley's user write the file and its folder, then try again.",
  },
  "disk-failing": {
    reason: "the disk reports an error",
    next: "Look at the disk that holds Parley's database, then try again.",
  },
};

/** The database cannot be written. It may be possible again later. */
export class StorageError extends ParleyError {
  /** Why, as part of a sentence. */
  readonly reason: string;

  constructor(fault: StorageFault, cause?: unknown) {
    const { reason, next } = STORAGE_FAULTS[fault];
    super(fault, `Nothing can be saved: ${reason}.`, { kind: "unavailable", next, cause });
    this.reason = reason;
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
