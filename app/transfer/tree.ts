/** A message before it has its place; if `value` is null it is left out and its children move up. */
export interface TreeNode<T> {
  id: string;
  parent: string | null;
  value: T | null;
}

/** Messages with every parent before its children; parents are indexes in `items`. */
export interface Tree<T> {
  items: { value: T; parent: number | null }[];
  /** The index of a message, or of its nearest kept ancestor. */
  place(id: string | null): number | null;
  /** Messages left out because they are their own ancestors, or below such messages. */
  circular: number;
  duplicates: number;
  /** Messages whose parent is missing; they become roots. */
  orphans: number;
}

/** Builds a tree from untrusted parents; the order is kept, but parents come first. */
export function buildTree<T>(nodes: readonly TreeNode<T>[]): Tree<T> {
  const byId = new Map<string, TreeNode<T>>();
  for (const node of nodes) if (!byId.has(node.id)) byId.set(node.id, node);
  const items: Tree<T>["items"] = [];
  const places = new Map<string, number | null>();
  const circular = new Set<string>();
  let orphans = 0;
  for (const node of byId.values()) {
    const { path, end, orphan } = pathToPlaced(node, byId, places, circular);
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
    duplicates: nodes.length - byId.size,
    orphans,
  };
}

interface Path<T> {
  path: TreeNode<T>[];
  end: "placed" | "circle";
  orphan: boolean;
}

function pathToPlaced<T>(
  node: TreeNode<T>,
  byId: ReadonlyMap<string, TreeNode<T>>,
  places: ReadonlyMap<string, unknown>,
  circular: ReadonlySet<string>,
): Path<T> {
  const path = new Map<string, TreeNode<T>>();
  let next: TreeNode<T> | undefined = node;
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

/** Ids depth first, for nodes that name their children, then ids that cannot be reached from a root. */
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

/** The leaf below an index, by the last child at each step. */
export function leafBelow(items: readonly { parent: number | null }[], place: number): number {
  const youngest = new Map<number, number>();
  items.forEach(({ parent }, index) => {
    if (parent !== null) youngest.set(parent, index);
  });
  let leaf = place;
  for (let next = youngest.get(leaf); next !== undefined; next = youngest.get(leaf)) leaf = next;
  return leaf;
}
