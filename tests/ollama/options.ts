import { encode } from "~/ollama/wire";
import { jsonType } from "./body";
import type { ScriptedModel } from "./types";
import { Refusal } from "./wire";

const types: [type: string, json: string, names: string[]][] = [
  [
    "integer",
    "number",
    [
      ...["num_ctx", "num_batch", "num_gpu", "main_gpu", "num_thread", "draft_num_predict"],
      ...["num_keep", "seed", "num_predict", "top_k", "repeat_last_n"],
    ],
  ],
  [
    "float32",
    "number",
    [
      ...["temperature", "top_p", "min_p", "typical_p"],
      ...["repeat_penalty", "presence_penalty", "frequency_penalty"],
    ],
  ],
  ["boolean", "bool", ["use_mmap"]],
  ["array", "array", ["stop"]],
];

/** Refuses options of a wrong type: a 500, and it is found after everything else. */
export function checkOptions(options: Record<string, unknown>): void {
  for (const [type, json, names] of types) {
    for (const name of names) {
      const value = options[name];
      if (value === undefined || value === null) continue;
      if (jsonType(value) !== json) {
        throw new Refusal(500, `option "${name}" must be of type ${type}`);
      }
    }
  }
  const stop = options.stop;
  if (Array.isArray(stop) && stop.some((part) => typeof part !== "string")) {
    throw new Refusal(500, 'option "stop" must be of an array of strings');
  }
}

/** Refuses a format that is neither "json" nor an object. */
export function checkFormat(format: unknown): void {
  if (format === undefined || format === "json" || jsonType(format) === "object") return;
  const quoted = JSON.stringify(encode(format));
  throw new Refusal(
    500,
    `invalid format: ${quoted}; expected "json" or a valid JSON Schema object`,
  );
}

/** The number of the option, if it was set. */
export function numberOption(options: Record<string, unknown>, name: string): number | undefined {
  const value = options[name];
  return typeof value === "number" ? Math.trunc(value) : undefined;
}

// The host pretends to have less than 23 GiB of GPU memory.
const tierDefault = 4096;

/** The context a model is loaded with: the request's, the Modelfile's, or the memory tier's. */
export function contextLength(model: ScriptedModel, options: Record<string, unknown>): number {
  const modelfile = /^num_ctx\s+(\d+)$/m.exec(model.parameters ?? "")?.[1];
  const wanted = numberOption(options, "num_ctx") ?? (Number(modelfile) || tierDefault);
  const least = model.capabilities.includes("vision") ? 2048 : 1;
  return Math.min(Math.max(wanted, least), model.contextLength ?? Number.POSITIVE_INFINITY);
}
