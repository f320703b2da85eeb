import type { AttachedFile } from "~/db/files";
import { ParleyError } from "~/errors";
import { cutAtWord } from "~/generation/title-text";
import { MODEL_NAME_CHARACTERS, PROMPT_BYTES, TITLE_CHARACTERS } from "~/limits";
import type { Catalog } from "~/models/catalog";

/** The prompt with plain newlines; throws if it is too long, or empty without `files`. */
export function checkPrompt(raw: string, files: readonly unknown[] = []): string {
  const prompt = raw.replaceAll("\r\n", "\n");
  if (prompt.trim() === "") {
    if (files.length > 0) return "";
    throw new ParleyError("prompt-empty", "The prompt is empty.", {
      kind: "invalid",
      next: "Write something, then send it.",
    });
  }
  const bytes = Buffer.byteLength(prompt);
  if (bytes > PROMPT_BYTES) {
    throw new ParleyError(
      "prompt-too-long",
      `The prompt is ${mebibytes(bytes)} MiB long; ${mebibytes(PROMPT_BYTES)} MiB is the most that one may have.`,
      { kind: "invalid", next: "Shorten it, then send it again." },
    );
  }
  return prompt;
}

/** The model's name from a form; throws if it is absent or invalid. */
export function checkModel(raw: string | undefined): string {
  const model = raw?.trim() ?? "";
  if (model === "") {
    throw new ParleyError("no-model", "No model is chosen.", {
      kind: "invalid",
      next: "Choose one beside the prompt; if there is none, Ollama has to be started or a model pulled.",
    });
  }
  if (model.length > MODEL_NAME_CHARACTERS || !model.isWellFormed()) {
    throw new ParleyError("no-model", "That is not the name of a model.", {
      kind: "invalid",
      next: "Choose one from the list.",
    });
  }
  return model;
}

/** The first line of a prompt, cut at a word. */
export function titleFrom(prompt: string): string {
  return cutAtWord(prompt.trim().split("\n", 1)[0]?.replace(/\s+/g, " ").trim() ?? "");
}

/** A title from a form, on one line; throws if it is empty or too long. */
export function checkTitle(raw: string | undefined): string {
  const title = (raw ?? "").replace(/\s+/g, " ").trim();
  if (title === "") {
    throw new ParleyError("title-empty", "The title is empty.", {
      kind: "invalid",
      next: "Write one, then save it.",
    });
  }
  const { length } = [...title];
  if (length > TITLE_CHARACTERS) {
    throw new ParleyError(
      "title-too-long",
      `The title has ${length} characters; ${TITLE_CHARACTERS} is the most that one may have.`,
      { kind: "invalid", next: "Shorten it, then save it again." },
    );
  }
  return title;
}

const MOST_NAMED = 5;

/** Throws if there are pictures and the model is known to have no vision; names models with vision. */
export async function checkVision(
  catalog: Catalog,
  model: string,
  files: readonly AttachedFile[],
): Promise<void> {
  if (!files.some(({ kind }) => kind === "picture")) return;
  const { models } = await catalog.offer();
  // A model that the host does not list fails in the generation.
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

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, "");
}
