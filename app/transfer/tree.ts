/** A message of a file before it has its place: `value` null stands aside, and what followed it moves up. */
export interface Seed<T> {
  id: string;
  parent: string | null;
  value: T | null;
}

/** A tree in which every parent stands before its children; parents are places in `items`. */
export interface Planted<T> {
  items: { value: T; parent: number | null }[];
  /** Where the message of an id is, or the nearest one above it that was kept. */
  place(id: string | null | undefined): number | null;
  /** Messages that were left out: they follow one another in a circle, or have an id that was there before. */
  circular: number;
  doubled: number;
  /** Messages whose parent is not there: they begin a branch of their own. */
  orphans: number;
}

/**
 * Makes a tree of what claims to be one. Messages stay in the order in which they are given, but for children
 * that stand before their parents.
 */
export function plant<T>(seeds: readonly Seed<T>[]): Planted<T> {
  const byId = new Map<string, Seed<T>>();
  for (const seed of seeds) if (!byId.has(seed.id)) byId.set(seed.id, seed);
  const doubled = seeds.length - byId.size;
  const items: Planted<T>["items"] = [];
  const places = new Map<string, number | null>();
  const lost = new Set<string>();
  let orphans = 0;

  for (const seed of byId.values()) {
    const pending: Seed<T>[] = [];
    const onTheWay = new Set<string>();
    let above: Seed<T> | undefined = seed;
    while (above && !places.has(above.id) && !lost.has(above.id) && !onTheWay.has(above.id)) {
      pending.push(above);
      onTheWay.add(above.id);
      const { parent }: Seed<T> = above;
      if (parent === null) break;
      above = byId.get(parent);
      if (!above) orphans++;
    }
    // It led back to itself, or to what does.
    if (above && (lost.has(above.id) || (onTheWay.has(above.id) && above.parent !== null))) {
      for (const { id } of pending) lost.add(id);
      continue;
    }
    for (const { id, parent, value } of pending.reverse()) {
      const parentPlace = (parent === null ? null : places.get(parent)) ?? null;
      places.set(id, value === null ? parentPlace : items.push({ value, parent: parentPlace }) - 1);
    }
  }
  return {
    items,
    place: (id) => (id == null ? null : (places.get(id) ?? null)),
    circular: lost.size,
    doubled,
    orphans,
  };
}

/** The ids of a tree that names its children, branch by branch, and behind them those that nobody names. */
export function inTreeOrder(
  ids: readonly string[],
  childrenOf: (id: string) => readonly string[],
): string[] {
  const named = new Set(ids.flatMap((id) => [...childrenOf(id)]));
  const known = new Set(ids);
  const ordered = new Set<string>();
  for (const root of [...ids.filter((id) => !named.has(id)), ...ids]) {
    const open = [root];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (ordered.has(id) || !known.has(id)) continue;
      ordered.add(id);
      for (const child of [...childrenOf(id)].reverse()) open.push(child);
    }
  }
  return [...ordered];
}

/** The end of the branch that goes on from a place, by the youngest child each time. */
export function leafBelow(items: readonly { parent: number | null }[], place: number): number {
  const youngest = new Map<number, number>();
  items.forEach(({ parent }, index) => {
    if (parent !== null) youngest.set(parent, index);
  });
  let leaf = place;
  for (let next = youngest.get(leaf); next !== undefined; next = youngest.get(leaf)) leaf = next;
  return leaf;
}
