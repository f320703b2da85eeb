import type { Think } from "~/steering";

const KNOWN: readonly Think[] = ["off", "on", "low", "medium", "high"];

/**
 * What one may set of a model's thinking. Newer hosts say it (`values`); of the others it is known that
 * gpt-oss has levels and cannot be switched off, and that the rest is on or off.
 */
export function thinkValues(
  model: string,
  capabilities: readonly string[],
  values?: readonly (boolean | string)[],
): Think[] {
  if (!capabilities.includes("thinking")) return [];
  if (values) {
    const words = values.map((value) => (value === true ? "on" : value === false ? "off" : value));
    return KNOWN.filter((known) => words.includes(known));
  }
  const name = model.slice(model.lastIndexOf("/") + 1).toLowerCase();
  return name.startsWith("gpt-oss") ? ["low", "medium", "high"] : ["off", "on"];
}
