/** A message of a file before it has its place. With a null value it is left out, and its children move up. */
export interface Seed<T> {
  id: string;
  parent: string | null;
  value: T | null;
}

/** A tree in which every parent comes before its children; parents are indexes in `items`. */
export interface Planted<T> {
  items: { value: T; parent: number | null }[];
  /** The index of a message, or of the nearest one above it that was kept. */
  place(id: string | null): number | null;
  /** Messages left out because they follow one another in a circle. */
  circular: number;
  /** Messages left out because their id was there before. */
  doubled: number;
  /** Messages whose parent is missing: each begins a branch of its own. */
  orphans: number;
}

/** Makes a tree of what claims to be one. Order is kept, except for children given before their parents. */
export function plant<T>(seeds: readonly Seed<T>[]): Planted<T> {
  const byId = new Map<string, Seed<T>>();
  for (const seed of seeds) if (!byId.has(seed.id)) byId.set(seed.id, seed);
  const items: Planted<T>["items"] = [];
  const places = new Map<string, number | null>();
  const circular = new Set<string>();
  let orphans = 0;
  for (const seed of byId.values()) {
    const { path, end, orphan } = unplacedPath(seed, byId, places, circular);
    if (orphan) orphans++;
    if (end === "circle") {
      for (const { id } of path) circular.add(id);
      continue;
    }
    for (const { id, parent, value } of path.reverse()) {
      const above = (parent === null ? null : places.get(parent)) ?? null;
      places.set(id, value === null ? above : items.push({ value, parent: above }) - 1);
    }
  }
  return {
    items,
    place: (id) => (id === null ? null : (places.get(id) ?? null)),
    circular: circular.size,
    doubled: seeds.length - byId.size,
    orphans,
  };
}

interface Path<T> {
  path: Seed<T>[];
  end: "placed" | "circle";
  /** The topmost one names a parent that is missing. */
  orphan: boolean;
}

/** A message and those above it that have no place yet. */
function unplacedPath<T>(
  seed: Seed<T>,
  byId: ReadonlyMap<string, Seed<T>>,
  places: ReadonlyMap<string, unknown>,
  circular: ReadonlySet<string>,
): Path<T> {
  const path = new Map<string, Seed<T>>();
  let next: Seed<T> | undefined = seed;
  while (next) {
    const { id, parent } = next;
    const isCircle = circular.has(id) || path.has(id);
    if (!isCircle && !places.has(id)) path.set(id, next);
    if (isCircle || places.has(id) || parent === null) {
      return { path: [...path.values()], end: isCircle ? "circle" : "placed", orphan: false };
    }
    next = byId.get(parent);
  }
  return { path: [...path.values()], end: "placed", orphan: true };
}

/** The ids of a tree that names its children, branch by branch, then those that are not in it. */
export function inTreeOrder(
  ids: readonly string[],
  childrenOf: (id: string) => readonly string[],
): string[] {
  const named = new Set(ids.flatMap((id) => [...childrenOf(id)]));
  const known = new Set(ids);
  const ordered = new Set<string>();
  for (const root of [...ids.filter((id) => !named.has(id)), ...ids]) {
    const stack = [root];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (ordered.has(id) || !known.has(id)) continue;
      ordered.add(id);
      for (const child of [...childrenOf(id)].reverse()) stack.push(child);
    }
  }
  return [...ordered];
}

/** The leaf below an index, following the youngest child each time. */
export function leafBelow(items: readonly { parent: number | null }[], place: number): number {
  const youngest = new Map<number, number>();
  items.forEach(({ parent }, index) => {
    if (parent !== null) youngest.set(parent, index);
  });
  let leaf = place;
  for (let next = youngest.get(leaf); next !== undefined; next = youngest.get(leaf)) leaf = next;
  return leaf;
}
