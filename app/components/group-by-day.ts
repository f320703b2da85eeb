/** Things of one day, under the name a person would give that day. */
export interface DayGroup<T> {
  name: "Today" | "Yesterday" | "Earlier";
  items: T[];
}

/** Parts a list into today, yesterday and earlier, in the server's time zone; empty parts are left out. */
export function groupByDay<T extends { updatedAt: number }>(items: T[], now: number) {
  const today = new Date(now).setHours(0, 0, 0, 0);
  // Half a day back from midnight is yesterday even where the clocks changed in between.
  const yesterday = new Date(today - 12 * 3_600_000).setHours(0, 0, 0, 0);

  const groups: DayGroup<T>[] = [
    { name: "Today", items: items.filter((item) => item.updatedAt >= today) },
    {
      name: "Yesterday",
      items: items.filter((item) => item.updatedAt >= yesterday && item.updatedAt < today),
    },
    { name: "Earlier", items: items.filter((item) => item.updatedAt < yesterday) },
  ];
  return groups.filter((group) => group.items.length > 0);
}
