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
