import * as v from "valibot";
import { NO_SYSTEM, type ReadSteering, readSteering } from "~/steering/form";
import { STEERING_FIELDS } from "~/steering/options";

/** Schemas for untrusted values of a file. None fails: wrong and missing values become null or empty. */

export type JsonObject = Record<string, unknown>;

const NAME_CHARACTERS = 255;

const anyObject = v.custom<JsonObject>(isObject);
// Not v.array, which would visit items that are cut off later.
const anyList = v.custom<readonly unknown[]>(Array.isArray);

/** Whether a value is an object, not an array or null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object with these fields; other values count as `{}`. */
export function record<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.optional(v.pipe(v.fallback(anyObject, {}), v.object(entries)), {});
}

export const object = v.fallback(anyObject, {});
export const list = v.fallback(anyList, []);
export const texts = v.fallback(
  v.pipe(
    anyList,
    v.transform((items) => items.filter((item) => typeof item === "string")),
  ),
  [],
);

const cleanText = v.pipe(v.string(), v.transform(clean));

/** Well-formed text without NUL. */
export const text = v.fallback(cleanText, "");
export const textOrNull = v.fallback(v.nullable(cleanText), null);
/** A shortened name; null if empty. */
export const name = v.fallback(
  v.pipe(
    v.nullable(cleanText),
    v.transform((given) => given?.slice(0, NAME_CHARACTERS).toWellFormed() || null),
  ),
  null,
);
/** An id within the file; never stored, so not cleaned. */
export const id = v.fallback(v.nullable(v.string()), null);
export const flag = v.fallback(v.boolean(), false);
/** Unix milliseconds, from a date as text or a number in seconds, milli-, micro- or nanoseconds. */
export const time = v.fallback(
  v.nullable(v.pipe(v.union([v.string(), v.number()]), v.transform(fromTime))),
  null,
);

/** A number from 0 to `max`, rounded. */
export function count(max: number) {
  const whole = v.pipe(v.number(), v.minValue(0), v.maxValue(max), v.transform(Math.round));
  return v.fallback(v.nullable(whole), null);
}

/** A number from `min` to `max`. */
export function within(min: number, max: number) {
  return v.fallback(v.nullable(v.pipe(v.number(), v.minValue(min), v.maxValue(max))), null);
}

/** Lone surrogates and NUL break readers of the database and of exports. */
function clean(given: string): string {
  return given.toWellFormed().replaceAll("\0", "\ufffd");
}

const LAST_TIME = Date.UTC(9999, 11, 31);
/** Larger numbers are in a smaller unit. */
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

/** The valid steering in an object, by the rules of the form. */
export function steeringOf(value: JsonObject): ReadSteering {
  return readSteering({
    ...Object.fromEntries(STEERING_FIELDS.map((field) => [field, typed(value[field])])),
    ...(value.system === "" ? { [NO_SYSTEM]: "on" } : {}),
  });
}

function typed(value: unknown): string {
  if (Array.isArray(value)) {
    const items = v.parse(texts, value).map((item) => v.parse(text, item));
    return items.filter(Boolean).join("\n");
  }
  return Number.isFinite(value) ? String(value) : v.parse(text, value);
}
