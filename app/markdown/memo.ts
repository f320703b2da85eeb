import type { Env } from "markdown-it";

/** What the rendering rules are handed besides the tokens. */
export interface RenderEnv extends Env {
  /** True for the open tail: code without its closing line is not highlighted yet. */
  growing?: boolean;
  memo?: Memo;
}

/**
 * Costly parts of an open tail, code and formulas, by their source. The tail is rendered again and again
 * as it grows; only what its last rendering used is kept.
 */
export class Memo {
  #used = new Map<string, string>();
  #before = new Map<string, string>();

  /** What the rendering before the last one used is forgotten. */
  turn(): void {
    this.#before = this.#used;
    this.#used = new Map();
  }

  get(key: string, make: () => string): string {
    const value = this.#used.get(key) ?? this.#before.get(key) ?? make();
    this.#used.set(key, value);
    return value;
  }
}

/** The value of `make`, taken from the memo where there is one. */
export function remembered(env: RenderEnv, key: string, make: () => string): string {
  return env.memo === undefined ? make() : env.memo.get(key, make);
}
