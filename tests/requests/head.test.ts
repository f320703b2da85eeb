import { expect, test } from "vitest";
import { startParley } from "../support/parley";

test("HEAD has the head of a page, and the log nothing to say of it", async () => {
  await using parley = await startParley();
  const path = await parley.start("Hello");
  await parley.page(path);
  for (const page of ["/", "/conversations", "/settings", "/prompts", "/import", path]) {
    for (let n = 0; n < 5; n++) {
      const response = await parley.fetch(page, { method: "HEAD" });
      expect(response.status, page).toBe(200);
      expect(await response.text()).toBe("");
    }
  }
  expect(parley.log.filter(({ level }) => level === "error")).toEqual([]);
});
