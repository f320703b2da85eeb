import { describe, expect, test } from "vitest";
import { buildTree, inTreeOrder, leafBelow, type TreeNode } from "./tree";

const node = (id: string, parent: string | null, value: string | null = id): TreeNode<string> => ({
  id,
  parent,
  value,
});

/** Each kept message with its parent's. */
function treeOf(...nodes: TreeNode<string>[]): string[] {
  const { items } = buildTree(nodes);
  return items.map(
    ({ value, parent }) => `${value}<${parent === null ? "" : items[parent]?.value}`,
  );
}

describe("what claims to be a tree", () => {
  test("keeps its order where parents stand before children", () => {
    expect(treeOf(node("a", null), node("b", "a"), node("c", "a"), node("d", "b"))).toEqual([
      "a<",
      "b<a",
      "c<a",
      "d<b",
    ]);
  });

  test("gets parents before children where they do not", () => {
    expect(treeOf(node("c", "b"), node("b", "a"), node("a", null))).toEqual(["a<", "b<a", "c<b"]);
  });

  test("loses what stands aside, and what followed it moves up", () => {
    expect(
      treeOf(node("r", null, null), node("a", "r"), node("x", "a", null), node("b", "x")),
    ).toEqual(["a<", "b<a"]);
  });

  test("may have several roots, and one whose parent is gone is one", () => {
    const tree = buildTree([node("a", null), node("b", null), node("c", "gone")]);
    expect(tree.items.map(({ parent }) => parent)).toEqual([null, null, null]);
    expect(tree.orphans).toBe(1);
  });

  test("loses circles and what hangs on them, but nothing else", () => {
    const tree = buildTree([
      node("a", null),
      node("x", "y"),
      node("y", "x"),
      node("z", "y"),
      node("s", "s"),
      node("b", "a"),
    ]);
    expect(tree.items.map(({ value }) => value)).toEqual(["a", "b"]);
    expect(tree.circular).toBe(4);
  });

  test("has each id once: the first counts", () => {
    const tree = buildTree([node("a", null, "first"), node("a", null, "second")]);
    expect(tree.items.map(({ value }) => value)).toEqual(["first"]);
    expect(tree.duplicates).toBe(1);
  });

  test("may be a chain of a hundred thousand, in the worst order", () => {
    const chain = Array.from({ length: 100_000 }, (_, n) =>
      node(`${n}`, n === 0 ? null : `${n - 1}`),
    );
    const { items } = buildTree(chain.reverse());
    expect(items).toHaveLength(100_000);
    expect(items.every(({ parent }, index) => parent === (index === 0 ? null : index - 1))).toBe(
      true,
    );
    expect(leafBelow(items, 0)).toBe(99_999);
  });

  test("knows where an id is, or the nearest above it that was kept", () => {
    const tree = buildTree([node("r", null, null), node("a", "r"), node("x", "a", null)]);
    expect([
      tree.place("a"),
      tree.place("x"),
      tree.place("r"),
      tree.place("?"),
      tree.place(null),
    ]).toEqual([0, 0, null, null, null]);
  });
});

describe("a tree that names its children", () => {
  const children: Record<string, string[]> = {
    r: ["b", "a"],
    a: ["c"],
    b: [],
    c: [],
    x: ["y"],
    y: ["x"],
  };
  const childrenOf = (id: string) => children[id] ?? [];

  test("is read branch by branch, in the order of the children", () => {
    expect(inTreeOrder(["a", "b", "c", "r"], childrenOf)).toEqual(["r", "b", "a", "c"]);
  });

  test("ends where it leads back to itself, and loses nobody", () => {
    expect(inTreeOrder(["x", "y", "r", "a", "b", "c"], childrenOf).sort()).toEqual([
      "a",
      "b",
      "c",
      "r",
      "x",
      "y",
    ]);
  });
});

test("the end of a branch is below its youngest child, each time", () => {
  const items = [{ parent: null }, { parent: 0 }, { parent: 1 }, { parent: 0 }, { parent: 3 }];
  expect([leafBelow(items, 0), leafBelow(items, 1), leafBelow(items, 4)]).toEqual([4, 2, 4]);
});
