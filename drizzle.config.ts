import { defineConfig } from "drizzle-kit";

/** `bun run db:generate` writes the next migration; a released one is never edited. */
export default defineConfig({
  dialect: "sqlite",
  schema: "./app/db/schema.ts",
  out: "./drizzle",
});
