/** Whether a guarded update found its row: what it returned. */
export function changed(rows: readonly unknown[]): boolean {
  return rows.length > 0;
}
