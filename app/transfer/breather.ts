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

/** What `Array.prototype.map` gives, with everything else going on meanwhile: for long lists. */
export async function mapInSteps<T, R>(
  list: readonly T[],
  map: (item: T, index: number) => R,
): Promise<R[]> {
  const breathe = breather();
  const mapped: R[] = [];
  for (const [index, item] of list.entries()) {
    mapped.push(map(item, index));
    if (index % BETWEEN_LOOKS === 0) await breathe();
  }
  return mapped;
}
