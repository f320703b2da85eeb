/** http/status.ts maps kinds to HTTP statuses. */
export type ErrorKind =
  /** It cannot be read. */
  | "malformed"
  /** It can be read, but not done. */
  | "invalid"
  | "too-large"
  /** It does not exist or belongs to another owner. */
  | "unknown"
  /** The state has changed since. */
  | "conflict"
  | "forbidden"
  | "wrong-method"
  /** It may be possible later. */
  | "unavailable"
  | "fault";

/** Errors that are shown to the user: `message` is a sentence, `next` what to do, `detail` the words of the host. */
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

/** The database cannot be written at the moment. */
export class StorageError extends ParleyError {
  /** Part of a sentence. */
  readonly reason: string;

  constructor(fault: StorageFault, cause?: unknown) {
    const { reason, next } = STORAGE_FAULTS[fault];
    super(fault, `Nothing can be saved: ${reason}.`, { kind: "unavailable", next, cause });
    this.reason = reason;
  }
}

/** The program cannot start; shown without a stack, exit code 1. */
export class StartError extends Error {
  override readonly name = "StartError";
}

export interface Problem {
  code: string;
  sentence: string;
  next?: string;
  detail?: string;
  /** Id in the log, for internal errors. */
  id?: string;
}

/** A ParleyError as a page shows it. */
export function problemOf(error: ParleyError): Problem {
  return {
    code: error.code,
    sentence: error.message,
    next: error.next,
    detail: error.detail,
  };
}
