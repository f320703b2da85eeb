import * as v from "valibot";
import { NO_SYSTEM, type ReadSteering, readSteering } from "~/steering/form";
import { STEERING_FIELDS } from "~/steering/options";

/**
 * Schemas for what a file claims. None of them fails: a value of the wrong kind, and one that is missing, becomes
 * null or empty.
 */

export type JsonObject = Record<string, unknown>;

const NAME_CHARACTERS = 255;

const anyObject = v.custom<JsonObject>(isObject);
// Not v.array, which would go through the items of lists that are cut short afterwards.
const anyList = v.custom<readonly unknown[]>(Array.isArray);

/** Whether a value is an object, and neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object with these fields; what is no object has none of them. */
export function record<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.optional(v.pipe(v.fallback(anyObject, {}), v.object(entries)), {});
}

/** An object of any fields. */
export const object = v.fallback(anyObject, {});
/** A list of anything. */
export const list = v.fallback(anyList, []);
/** The texts of a list. */
export const texts = v.fallback(
  v.pipe(
    anyList,
    v.transform((items) => items.filter((item) => typeof item === "string")),
  ),
  [],
);

const cleanText = v.pipe(v.string(), v.transform(clean));

/** Text that can be stored and shown. */
export const text = v.fallback(cleanText, "");
/** The same; null if it is none, which is not the same as empty. */
export const textOrNull = v.fallback(v.nullable(cleanText), null);
/** A name, shortened to the length that names have; null if it is empty. */
export const name = v.fallback(
  v.pipe(
    v.nullable(cleanText),
    v.transform((given) => given?.slice(0, NAME_CHARACTERS).toWellFormed() || null),
  ),
  null,
);
/** What other places of the same file call something by: never stored, so taken as it is. */
export const id = v.fallback(v.nullable(v.string()), null);
/** True only if it says so. */
export const flag = v.fallback(v.boolean(), false);
/** Unix milliseconds, from a date as text or a number in any unit. */
export const time = v.fallback(
  v.nullable(v.pipe(v.union([v.string(), v.number()]), v.transform(fromTime))),
  null,
);

/** A whole number from 0 to `most`, rounded. */
export function count(most: number) {
  const whole = v.pipe(v.number(), v.minValue(0), v.maxValue(most), v.transform(Math.round));
  return v.fallback(v.nullable(whole), null);
}

/** A number from `least` to `most`. */
export function within(least: number, most: number) {
  return v.fallback(v.nullable(v.pipe(v.number(), v.minValue(least), v.maxValue(most))), null);
}

/** Half a character, or the zero that ends text in C, breaks whatever reads it next. */
function clean(given: string): string {
  return given.toWellFormed().replaceAll("\0", "\ufffd");
}

const LAST_TIME = Date.UTC(9999, 11, 31);
/** Larger numbers are of the next smaller unit: seconds, milliseconds, microseconds, nanoseconds. */
const LARGEST_SECONDS = 1e11;
const UNITS_A_SECOND = [1, 1e3, 1e6, 1e9];

function fromTime(value: string | number): number | null {
  const moment = Math.round(typeof value === "string" ? Date.parse(value) : fromNumber(value));
  return moment >= 0 && moment <= LAST_TIME ? moment : null;
}

function fromNumber(number: number): number {
  const unit = UNITS_A_SECOND.find((units) => Math.abs(number) <= LARGEST_SECONDS * units);
  return unit === undefined ? Number.NaN : (number / unit) * 1_000;
}

/** What of an object is steering, by the rules of the form; what is not, or is out of range, is left out. */
export function steeringOf(value: JsonObject): ReadSteering {
  return readSteering({
    ...Object.fromEntries(STEERING_FIELDS.map((field) => [field, typed(value[field])])),
    ...(value.system === "" ? { [NO_SYSTEM]: "on" } : {}),
  });
}

/** A value as it is typed into the form: a list has a line for each item. */
function typed(value: unknown): string {
  if (Array.isArray(value)) {
    const items = v.parse(texts, value).map((item) => v.parse(text, item));
    return items.filter(Boolean).join("\n");
  }
  return Number.isFinite(value) ? String(value) : v.parse(text, value);
}
