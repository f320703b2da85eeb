const STEP_MS = 8;
const ITEMS_PER_CLOCK_READ = 32;

/** Returns a function to await between steps of long work, so that every few milliseconds other work can run. */
export function yielder(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < STEP_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
}

/** `Array.from` that lets other work run. */
export async function inSteps<T>(items: Iterable<T>, itemsPerClockRead = 1): Promise<T[]> {
  const yieldIfDue = yielder();
  const all: T[] = [];
  for (const item of items) if (all.push(item) % itemsPerClockRead === 0) await yieldIfDue();
  return all;
}

/** `Array.prototype.map` that lets other work run. */
export function mapInSteps<T, R>(
  list: readonly T[],
  map: (item: T, index: number) => R,
): Promise<R[]> {
  function* mapped(): Generator<R, void> {
    for (const [index, item] of list.entries()) yield map(item, index);
  }
  return inSteps(mapped(), ITEMS_PER_CLOCK_READ);
}
