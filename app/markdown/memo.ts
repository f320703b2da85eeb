import type { Env } from "markdown-it";

/** What the rendering rules are handed besides the tokens. */
export interface RenderEnv extends Env {
  /** True for the open tail: code without its closing line is not highlighted yet. */
  growing?: boolean;
  memo?: Memo;
  /** How many formulas may still come; those after them are shown as their source. */
  formulas?: { left: number };
}

interface Part {
  html: string;
  formulas: number;
}

/**
 * Costly parts of an open tail, text, code and formulas, by their source. The tail is rendered again and again
 * as it grows; only what its last rendering used is kept.
 */
export class Memo {
  #used = new Map<string, Part>();
  #before = new Map<string, Part>();

  /** What the rendering before the last one used is forgotten. */
  turn(): void {
    this.#before = this.#used;
    this.#used = new Map();
  }

  get(key: string): Part | undefined {
    const part = this.#used.get(key) ?? this.#before.get(key);
    if (part) this.#used.set(key, part);
    return part;
  }

  set(key: string, part: Part): void {
    this.#used.set(key, part);
  }
}

/** The value of `make`, taken from the memo where there is one. */
export function remembered(
  { memo, formulas }: RenderEnv,
  source: string,
  make: () => string,
): string {
  if (memo === undefined) return make();
  const left = formulas?.left ?? Number.POSITIVE_INFINITY;
  // Where not all formulas of it may be shown, it is another text.
  const key = left < source.length ? `${left} ${source}` : source;
  const known = memo.get(key);
  if (known !== undefined) {
    if (formulas) formulas.left -= known.formulas;
    return known.html;
  }
  const html = make();
  memo.set(key, { html, formulas: formulas ? left - formulas.left : 0 });
  return html;
}
