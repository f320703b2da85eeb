/** How many things a conversation may bring along, in all and at one place; counts those beyond. */
export class ItemAllowance {
  leftOut = 0;
  #left: number;
  readonly #atOnePlace: number;

  constructor(inAll: number, atOnePlace: number) {
    this.#left = inAll;
    this.#atOnePlace = atOnePlace;
  }

  /** As many of a list, from its beginning, as are allowed. */
  take<T>(items: readonly T[]): readonly T[] {
    const taken = items.slice(0, Math.min(this.#left, this.#atOnePlace));
    this.#left -= taken.length;
    this.leftOut += items.length - taken.length;
    return taken;
  }
}
