/** Reading of what a file claims: nothing of it is what it should be until it has been looked at. */

export type JsonObject = Record<string, unknown>;

const LONGEST_NAME = 255;

/** The object that a value is, else an empty one. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** Whether a value is an object, and neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The list that a value is, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text that a value is and that can be stored and shown, else an empty one. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? cleanText(value) : "";
}

/** The name that a value is, at a length that names have; null where it is none. */
export function nameOf(value: unknown): string | null {
  return textOf(value).slice(0, LONGEST_NAME).toWellFormed() || null;
}

/** What other places of the same file call something by: never stored, so taken as it is. */
export function idOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** A finite number, else null. */
export function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Half a character, or the zero that ends text in C, breaks whoever reads it next. */
function cleanText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

const LAST_TIME = Date.UTC(9999, 11, 31);
/** Larger numbers are of the next smaller unit: seconds, milliseconds, microseconds, nanoseconds. */
const LARGEST_SECONDS = 1e11;
const UNITS_A_SECOND = [1, 1e3, 1e6, 1e9];

/** A moment as Unix milliseconds, from a date as text or a number in any unit; null where it is none. */
export function timeOf(value: unknown): number | null {
  const time = Math.round(typeof value === "string" ? Date.parse(value) : fromNumber(value));
  return time >= 0 && time <= LAST_TIME ? time : null;
}

function fromNumber(value: unknown): number {
  const number = numberOf(value) ?? Number.NaN;
  const unit = UNITS_A_SECOND.find((units) => Math.abs(number) <= LARGEST_SECONDS * units);
  return unit === undefined ? Number.NaN : (number / unit) * 1_000;
}

/** A whole number from 0 to `most`, rounded; null where it is none. */
export function countOf(value: unknown, most: number): number | null {
  const number = numberOf(value);
  return number === null || number < 0 || number > most ? null : Math.round(number);
}

/** A number from `least` to `most`; null where it is none. */
export function numberWithin(value: unknown, least: number, most: number): number | null {
  const number = numberOf(value);
  return number === null || number < least || number > most ? null : number;
}
