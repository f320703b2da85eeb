import { ParleyError } from "~/errors";
import { cutAtWord } from "~/generation/title-text";
import { MODEL_NAME_CHARACTERS, PROMPT_BYTES } from "~/limits";

/**
 * The prompt as it is kept, with the newlines of a form made plain; throws where it is too long, or empty
 * without `files` that speak for it.
 */
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

/** The model's name from a form; throws if there is none, or if no model can be called that. */
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

/** The first line of a prompt, cut at a word; never empty for a prompt that is not. */
export function titleFrom(prompt: string): string {
  return cutAtWord(prompt.trim().split("\n", 1)[0]?.replace(/\s+/g, " ").trim() ?? "");
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, "");
}
