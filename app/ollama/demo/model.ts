/** What the demo host says about its one model. */
import { RULES } from "./rules";
import { Refusal } from "./wire";

/** Never to change: stored answers are known by it as the demo's and labelled so. */
export const ELIZA_DIGEST = "606facf5d3d1694213421ed4db747c56e2a3a5cc9aa384d10f65b7b270a10350";

const NAME = "eliza:latest";
const MODIFIED_AT = "2026-11-01T00:00:00Z";
const SIZE = new TextEncoder().encode(JSON.stringify(RULES)).length;
// The demo reads a whole conversation, however long; a number is expected, so it is a generous one.
const CONTEXT_LENGTH = 131_072;

const DETAILS = {
  parent_model: "",
  format: "rules",
  family: "eliza",
  families: ["eliza"],
  parameter_size: "0",
  quantization_level: "",
};
const CAPABILITIES = ["completion"];

/** `/api/tags` */
export function tags() {
  const eliza = {
    ...{ name: NAME, model: NAME, modified_at: MODIFIED_AT, size: SIZE, digest: ELIZA_DIGEST },
    details: DETAILS,
    capabilities: CAPABILITIES,
  };
  return { models: [eliza] };
}

/** `/api/ps`: the model while it is kept in memory. */
export function running(expiresAt: number | undefined) {
  if (expiresAt === undefined) return { models: [] };
  const eliza = {
    ...{ name: NAME, model: NAME, size: SIZE, digest: ELIZA_DIGEST, details: DETAILS },
    expires_at: new Date(expiresAt).toISOString(),
    size_vram: 0,
    context_length: CONTEXT_LENGTH,
  };
  return { models: [eliza] };
}

/** `/api/show` */
export function show() {
  return {
    modelfile: "# eliza is a part of Parley: patterns and sentences, no weights.\n",
    template: "{{ .Prompt }}",
    details: DETAILS,
    model_info: {
      "general.architecture": "eliza",
      "general.basename": "Eliza",
      "general.parameter_count": 0,
      "eliza.context_length": CONTEXT_LENGTH,
    },
    tensors: [],
    capabilities: CAPABILITIES,
    modified_at: MODIFIED_AT,
  };
}

/** The name as it was asked for, where it is the demo's model; `missing` is how absence is worded. */
export function knownName(asked: unknown, missing = (name: string) => name): string {
  if (typeof asked !== "string" || asked === "") throw new Refusal(400, "model is required");
  const short = withTag(asked.toLowerCase().replace(/^(registry\.ollama\.ai\/)?(library\/)?/, ""));
  if (short !== NAME) throw new Refusal(404, `model '${missing(asked)}' not found`);
  return asked;
}

/** A model without a tag is its latest. */
export function withTag(name: string): string {
  return /:[^/]*$/.test(name) ? name : `${name}:latest`;
}
