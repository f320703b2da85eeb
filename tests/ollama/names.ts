import type { ScriptedModel } from "./types";

/** The parts of `[host/][namespace/]model[:tag]`, or undefined for a name that no server accepts. */
export function parseName(
  name: string,
): { host: string; namespace: string; model: string; tag: string } | undefined {
  const part = "[\\w][\\w.-]*";
  const shape = new RegExp(`^(?:(?:(${part}(?::\\d+)?)/)?(${part})/)?(${part})(?::(${part}))?$`);
  const found = shape.exec(name);
  if (!found?.[3]) return undefined;
  return {
    host: found[1] ?? "registry.ollama.ai",
    namespace: found[2] ?? "library",
    model: found[3],
    tag: found[4] ?? "latest",
  };
}

/** Two names with the same key are the same model: letter case and `:latest` do not matter. */
export function modelKey(name: string): string {
  return fullName(name).toLowerCase();
}

/** The name with everything that is usually left out. */
export function fullName(name: string): string {
  const parts = parseName(name);
  return parts ? `${parts.host}/${parts.namespace}/${parts.model}:${parts.tag}` : name;
}

/** The shortest name that still has its tag, as tags, ps and the 404 of show write it. */
export function displayName(name: string): string {
  return fullName(name)
    .replace(/^registry\.ollama\.ai\//, "")
    .replace(/^library\//, "");
}

/** Names that are served by ollama.com, whatever is installed. */
export function isCloudName(name: string): boolean {
  return /(?::|-)cloud$/i.test(name);
}

/** The installed model of that name. */
export function findModel(models: ScriptedModel[], name: string): ScriptedModel | undefined {
  const key = modelKey(name);
  return models.find((model) => modelKey(model.name) === key);
}
