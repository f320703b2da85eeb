import { eq } from "drizzle-orm";
import type { Drizzle } from "../open";
import { imports } from "../schema";

/** After a crash: running imports become interrupted. */
export async function interrupt(db: Drizzle, endedAt: number): Promise<void> {
  db.update(imports)
    .set({ state: "interrupted", endedAt })
    .where(eq(imports.state, "running"))
    .run();
}
