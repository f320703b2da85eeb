export interface Group<T> {
  name: "Pinned" | "Today" | "Yesterday" | "Earlier";
  items: T[];
}

/**
 * Parts a list into the pinned ones, and of the rest into today, yesterday and earlier, in the server's
 * time zone; empty parts are left out.
 */
export function groupConversations<T extends { updatedAt: number; pinned: boolean }>(
  items: readonly T[],
  now: number,
): Group<T>[] {
  const today = new Date(now).setHours(0, 0, 0, 0);
  // Twelve hours before midnight is yesterday, whatever the clocks did.
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
