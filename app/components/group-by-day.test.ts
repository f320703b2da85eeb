import { expect, test } from "vitest";
import { groupByDay } from "./group-by-day";

const at = (day: number, hour: number) => ({ updatedAt: new Date(2026, 10, day, hour).getTime() });
const names = (items: { updatedAt: number }[]) =>
  groupByDay(items, at(20, 9).updatedAt).map((day) => [day.name, day.items.length]);

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
