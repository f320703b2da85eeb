import type { ListedModel } from "./client";

/** Ollama compares names without case and adds `:latest` where there is no tag. */
export function sameModel(a: string, b: string): boolean {
  return fullName(a) === fullName(b);
}

/** A name as two names of one model have it in common. */
export function fullName(name: string): string {
  const lower = name.toLowerCase();
  return /:[^/]*$/.test(lower) ? lower : `${lower}:latest`;
}

/**
 * Which names stand for the same weights. Of several a host lists only the one by which the weights were loaded
 * as being in memory.
 */
export class KnownWeights {
  readonly #digests = new Map<string, string>();
  readonly #weights = new Map<string, string>();

  /** Takes the list of models, and forgets those that are gone. */
  keepOnly(listed: readonly ListedModel[]): void {
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

  /** Whether what is loaded under a name is what the name stands for now: it may have been pulled anew since. */
  isCurrent(loadedName: string, loadedDigest: string): boolean {
    const digest = this.#digests.get(fullName(loadedName));
    return digest === undefined || loadedDigest === "" || digest === loadedDigest;
  }

  /** Whether a loaded model, by its name and digest, is the one that is asked for by another name. */
  same(loadedName: string, loadedDigest: string, name: string): boolean {
    const wanted = fullName(name);
    if (loadedDigest !== "" && this.#digests.get(wanted) === loadedDigest) return true;
    const weights = this.#weights.get(wanted);
    return weights !== undefined && this.#weights.get(fullName(loadedName)) === weights;
  }
}
