import { expect, test } from "vitest";
import { groupConversations } from "./group-by-day";

const at = (day: number, hour: number, pinned = false) => ({
  updatedAt: new Date(2026, 10, day, hour).getTime(),
  pinned,
});
const names = (items: ReturnType<typeof at>[]) =>
  groupConversations(items, at(20, 9).updatedAt).map((group) => [group.name, group.items.length]);

test("today begins at midnight, not 24 hours ago", () => {
  expect(names([at(20, 8), at(20, 0), at(19, 23), at(19, 0), at(18, 23)])).toEqual([
    ["Today", 2],
    ["Yesterday", 2],
    ["Earlier", 1],
  ]);
});

test("a day without conversations has no heading", () => {
  expect(names([at(1, 12)])).toEqual([["Earlier", 1]]);
  expect(names([])).toEqual([]);
});

test("pinned ones come first, whatever their day, and only once", () => {
  expect(names([at(20, 8, true), at(1, 8, true), at(20, 7), at(2, 7)])).toEqual([
    ["Pinned", 2],
    ["Today", 1],
    ["Earlier", 1],
  ]);
});
