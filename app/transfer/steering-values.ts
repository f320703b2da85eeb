import * as v from "valibot";
import { NO_SYSTEM, type ReadSteering, readSteering } from "~/steering/form";
import { STEERING_FIELDS } from "~/steering/options";
import { type JsonObject, text, texts } from "./values";

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
