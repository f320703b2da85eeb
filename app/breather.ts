/** Long work in the background gives way after this much of it: answers are being written meanwhile. */
const AT_A_TIME_MS = 8;
/** Of small things so many are done before the clock is looked at. */
const BETWEEN_LOOKS = 32;

/** Gives a function to await between small steps of long work: now and then it lets everything else run. */
export function breather(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < AT_A_TIME_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
}

/** All that a generator gives, with everything else going on meanwhile. */
export async function inSteps<T>(items: Iterable<T>, betweenLooks = 1): Promise<T[]> {
  const breathe = breather();
  const all: T[] = [];
  for (const item of items) if (all.push(item) % betweenLooks === 0) await breathe();
  return all;
}

/** What `Array.prototype.map` gives, with everything else going on meanwhile: for long lists. */
export function mapInSteps<T, R>(
  list: readonly T[],
  map: (item: T, index: number) => R,
): Promise<R[]> {
  function* mapped(): Generator<R, void> {
    for (const [index, item] of list.entries()) yield map(item, index);
  }
  return inSteps(mapped(), BETWEEN_LOOKS);
}
