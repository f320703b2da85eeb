/** How many of something a conversation may bring along, in all and at one place; counts what finds no room. */
export class Room {
  leftOut = 0;
  #left: number;
  readonly #atOnePlace: number;

  constructor(inAll: number, atOnePlace: number) {
    this.#left = inAll;
    this.#atOnePlace = atOnePlace;
  }

  /** As many of a list, from its beginning, as there is room for. */
  take<T>(list: readonly T[]): readonly T[] {
    const taken = list.slice(0, Math.min(this.#left, this.#atOnePlace));
    this.#left -= taken.length;
    this.leftOut += list.length - taken.length;
    return taken;
  }
}
