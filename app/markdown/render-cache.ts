import type { Env } from "markdown-it";

export interface RenderEnv extends Env {
  /** True for the open tail, whose code is highlighted only once it is closed. */
  growing?: boolean;
  cache?: RenderCache;
  /** How many formulas may still be rendered; later ones are shown as their source. */
  formulas?: { left: number };
}

interface Rendered {
  html: string;
  formulas: number;
}

/** Caches text, code and formulas of the open tail by their source, from one render of the tail to the next. */
export class RenderCache {
  #current = new Map<string, Rendered>();
  #previous = new Map<string, Rendered>();

  /** Begins another render: entries that the last one did not use are dropped. */
  nextRender(): void {
    this.#previous = this.#current;
    this.#current = new Map();
  }

  get(key: string): Rendered | undefined {
    const rendered = this.#current.get(key) ?? this.#previous.get(key);
    if (rendered) this.#current.set(key, rendered);
    return rendered;
  }

  set(key: string, rendered: Rendered): void {
    this.#current.set(key, rendered);
  }
}

/** The result of `render`, from the cache if possible. */
export function cached(
  { cache, formulas }: RenderEnv,
  source: string,
  render: () => string,
): string {
  if (cache === undefined) return render();
  const left = formulas?.left ?? Number.POSITIVE_INFINITY;
  // With fewer formulas left than the source may hold, the result depends on how many.
  const key = left < source.length ? `${left} ${source}` : source;
  const known = cache.get(key);
  if (known !== undefined) {
    if (formulas) formulas.left -= known.formulas;
    return known.html;
  }
  const html = render();
  cache.set(key, { html, formulas: formulas ? left - formulas.left : 0 });
  return html;
}
