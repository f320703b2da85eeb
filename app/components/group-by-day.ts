export interface Group<T> {
  name: "Pinned" | "Today" | "Yesterday" | "Earlier";
  items: T[];
}

/** Groups conversations into pinned, today, yesterday and earlier, in the server's time zone; omits empty groups. */
export function groupConversations<T extends { updatedAt: number; pinned: boolean }>(
  items: readonly T[],
  now: number,
): Group<T>[] {
  const today = new Date(now).setHours(0, 0, 0, 0);
  // Twelve hours before midnight is yesterday even when clocks change.
  const yesterday = new Date(today - 12 * 3_600_000).setHours(0, 0, 0, 0);
  const name = ({ pinned, updatedAt }: T): Group<T>["name"] => {
    if (pinned) return "Pinned";
    if (updatedAt >= today) return "Today";
    return updatedAt >= yesterday ? "Yesterday" : "Earlier";
  };
  const groups = Map.groupBy(items, name);
  return NAMES.flatMap((name) => {
    const group = groups.get(name);
    return group ? [{ name, items: group }] : [];
  });
}

const NAMES = ["Pinned", "Today", "Yesterday", "Earlier"] as const;
