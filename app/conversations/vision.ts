import type { AttachedFile } from "~/db/files";
import { ParleyError } from "~/errors";
import type { Catalog } from "~/models/catalog";

/** As many models as a sentence holds. */
const MOST_NAMED = 5;

/** Throws a ParleyError where there are pictures and the model is known not to see; names those that do. */
export async function checkVision(
  catalog: Catalog,
  model: string,
  files: readonly AttachedFile[],
): Promise<void> {
  if (!files.some(({ kind }) => kind === "picture")) return;
  const { models } = await catalog.offer();
  // One that the host does not list is for the generation to deal with.
  if (models.find(({ name }) => name === model)?.sees !== false) return;
  const seeing = models.filter(({ sees }) => sees).map(({ name }) => name);
  const choice = seeing.slice(0, MOST_NAMED).join(", ");
  throw new ParleyError("no-vision", `${model} cannot see pictures.`, {
    kind: "invalid",
    next: choice
      ? `Choose a model that sees: ${choice}. Or send the prompt without pictures.`
      : "No model of the host sees: pull one that does, or send the prompt without pictures.",
  });
}
