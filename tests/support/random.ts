import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Random choices that the same seed repeats, for long runs that change what they run on. Properties use fast-check. */
export class Random {
  readonly #source;

  constructor(seed: number | string) {
    this.#source = xoroshiro128plus(Number(Bun.hash.crc32(String(seed))));
  }

  /** From 0 to below 1. */
  next(): number {
    return uniformFloat64(this.#source);
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return uniformInt(this.#source, least, most);
  }

  /** True in this share of the cases. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  /** One of a list that has some. */
  pick<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)] as T;
  }
}
