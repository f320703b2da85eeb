import { NO_SYSTEM, type ReadSteering, readSteering } from "~/steering/form";
import { STEERING_FIELDS } from "~/steering/options";
import { type JsonObject, listOf, numberOf, textOf } from "./values";

/**
 * What of an object is a way to write answers, by the same rules as what is typed; the rest, and what is out of
 * its range, is left out.
 */
export function steeringOf(value: JsonObject): ReadSteering {
  return readSteering({
    ...Object.fromEntries(STEERING_FIELDS.map((name) => [name, written(value[name])])),
    ...(value.system === "" ? { [NO_SYSTEM]: "on" } : {}),
  });
}

function written(value: unknown): string {
  if (Array.isArray(value)) return listOf(value).map(textOf).filter(Boolean).join("\n");
  return numberOf(value)?.toString() ?? textOf(value);
}
