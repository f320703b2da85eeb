import type { ErrorKind, ParleyError } from "~/errors";

/** The only place that turns a kind of error into a status. */
const STATUS: Record<ErrorKind, number> = {
  malformed: 400,
  forbidden: 403,
  unknown: 404,
  "wrong-method": 405,
  conflict: 409,
  "too-large": 413,
  invalid: 422,
  fault: 500,
  unavailable: 503,
};

/** The status of the response that an error becomes. */
export function statusOf({ kind }: ParleyError): number {
  return STATUS[kind];
}
