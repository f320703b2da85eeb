import { ownCopy } from "./text";

/** What the maker of a model has set of the options that are one number. */
export type OwnOptions = Partial<Record<(typeof OWN_OPTIONS)[number], number>>;

const OWN_OPTIONS = [
  "temperature",
  "top_p",
  "top_k",
  "min_p",
  "repeat_penalty",
  "seed",
  "num_ctx",
  "num_predict",
] as const;

/** Parameters, templates and the like are shorter; the rest of a longer one is not looked at. */
const LOOKED_AT = 64 * 1024;

/** The numbers among the `parameters` of `/api/show`: a name, white space and a value in each line. */
export function ownOptionsIn(parameters: string): OwnOptions {
  const own: OwnOptions = {};
  for (const line of parameters.slice(0, LOOKED_AT).split("\n")) {
    const [word, value, more] = line.trim().split(/\s+/);
    const name = OWN_OPTIONS.find((option) => option === word);
    if (!name || more !== undefined || !/^-?\d{1,15}(\.\d{1,15})?$/.test(value ?? "")) continue;
    own[name] = Number(value);
  }
  return own;
}

/** The digest of the weights in the `modelfile` of `/api/show`; undefined where it names none. */
export function weightsIn(modelfile: string): string | undefined {
  const found = /^FROM .{0,4096}sha256[-:]([0-9a-f]{64})$/m.exec(modelfile.slice(0, LOOKED_AT));
  return found?.[1] && ownCopy(found[1]);
}

/**
 * Whether a model goes on with an answer that was begun, as far as its template shows it. Ollama gives a template
 * with `.Messages` the whole conversation: one that never asks which message is the last closes every answer, so
 * the model begins a new one. Templates that only know `.Response` are cut right behind it by Ollama. Undefined
 * where Ollama uses another template than the one it shows.
 */
export function continuesBy(template: string): boolean | undefined {
  const looked = template.slice(0, LOOKED_AT);
  if (!/\.(Messages|Response)\b/.test(looked)) return undefined;
  if (!/\.Messages\b/.test(looked)) return true;
  if (/\bnot \$last\b/.test(looked)) return true;
  return /\$last\b|\bslice \$?\.Messages\b|\blen \$?\.Messages\b/.test(looked) ? undefined : false;
}
