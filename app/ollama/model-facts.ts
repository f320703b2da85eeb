import { ownCopy } from "./text";

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

const LOOKED_AT = 64 * 1024;

/** Parses the `parameters` of `/api/show`: a name, white space and a value per line. */
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

/** The digest of the weights in the `modelfile` of `/api/show`, if it names one. */
export function weightsIn(modelfile: string): string | undefined {
  const found = /^FROM .{0,4096}sha256[-:]([0-9a-f]{64})$/m.exec(modelfile.slice(0, LOOKED_AT));
  return found?.[1] && ownCopy(found[1]);
}

/** Whether the model continues a partial answer; undefined if the template shown is not the one used. */
export function continuesBy(template: string): boolean | undefined {
  // A template with `.Messages` must check for the last message, or it closes each answer; Ollama cuts `.Response` there.
  const looked = template.slice(0, LOOKED_AT);
  if (!/\.(Messages|Response)\b/.test(looked)) return undefined;
  if (!/\.Messages\b/.test(looked)) return true;
  if (/\bnot \$last\b/.test(looked)) return true;
  return /\$last\b|\bslice \$?\.Messages\b|\blen \$?\.Messages\b/.test(looked) ? undefined : false;
}

/** Ollama ignores case and adds `:latest` if there is no tag. */
export function sameModel(a: string, b: string): boolean {
  return fullName(a) === fullName(b);
}

export function fullName(name: string): string {
  const lower = name.toLowerCase();
  return /:[^/]*$/.test(lower) ? lower : `${lower}:latest`;
}

/** Which names share weights: a host lists loaded weights under one name only. */
export class KnownWeights {
  readonly #digests = new Map<string, string>();
  readonly #weights = new Map<string, string>();

  keepOnly(listed: readonly { name: string; digest: string }[]): void {
    this.#digests.clear();
    for (const { name, digest } of listed) this.#digests.set(fullName(name), digest);
    for (const name of this.#weights.keys()) {
      if (!this.#digests.has(name)) this.#weights.delete(name);
    }
  }

  learn(name: string, weights: string | undefined): void {
    if (weights === undefined) this.#weights.delete(fullName(name));
    else this.#weights.set(fullName(name), weights);
  }

  /** False if the name was pulled again since the weights were loaded. */
  isCurrent(loadedName: string, loadedDigest: string): boolean {
    const digest = this.#digests.get(fullName(loadedName));
    return digest === undefined || loadedDigest === "" || digest === loadedDigest;
  }

  same(loadedName: string, loadedDigest: string, name: string): boolean {
    const wanted = fullName(name);
    if (loadedDigest !== "" && this.#digests.get(wanted) === loadedDigest) return true;
    const weights = this.#weights.get(wanted);
    return weights !== undefined && this.#weights.get(fullName(loadedName)) === weights;
  }
}
