import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Unit tests beside their files, and what crosses folders in tests/; the browser has its own runner. */
export default defineConfig({
  resolve: { alias: { "~": fileURLToPath(new URL("app", import.meta.url)) } },
  test: {
    include: ["app/**/*.test.{ts,tsx}", "tests/**/*.test.{ts,tsx}"],
    pool: "forks",
    // Real servers on a shared machine: a slow moment is not a fault.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
