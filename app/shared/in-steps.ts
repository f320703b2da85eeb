const STEP_MS = 8;
const ITEMS_PER_CLOCK_READ = 32;

/** Makes a function to await between small steps of long work: every few milliseconds it lets other work run. */
export function yielder(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < STEP_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
}

/** `Array.from` for long or slow iterables; other work runs meanwhile. */
export async function inSteps<T>(items: Iterable<T>, itemsPerClockRead = 1): Promise<T[]> {
  const yieldIfDue = yielder();
  const all: T[] = [];
  for (const item of items) if (all.push(item) % itemsPerClockRead === 0) await yieldIfDue();
  return all;
}

/** `Array.prototype.map` for long lists; other work runs meanwhile. */
export function mapInSteps<T, R>(
  list: readonly T[],
  map: (item: T, index: number) => R,
): Promise<R[]> {
  function* mapped(): Generator<R, void> {
    for (const [index, item] of list.entries()) yield map(item, index);
  }
  return inSteps(mapped(), ITEMS_PER_CLOCK_READ);
}
