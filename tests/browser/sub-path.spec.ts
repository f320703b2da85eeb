import { expect, test } from "./fixtures";
import { ask, chooseTheme, ended, reads, reload, stop } from "./page";

test.use({ args: ["--base-path", "/tools/parley"] });

test("under a sub-path everything stays below it", async ({ page, context, ollama, parley }) => {
  const outside: string[] = [];
  page.on("request", (request) => {
    if (!`${request.url()}/`.startsWith(`${parley.url}/`)) outside.push(request.url());
  });
  ollama.next({ chunks: ["One", " never"], holdAfter: 1 });
  await ask(page, "First");
  await reads(page, "One");
  await chooseTheme(page, "Dark");
  await reads(page, "One");
  await stop(page);
  ollama.next({ chunks: ["Two."] });
  await ask(page, "Second");
  await ended(page);
  await reads(page, "Two.");
  await reload(page);
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(23, 22, 20)");
  await page.getByRole("link", { name: "All conversations" }).click();
  await page.getByRole("main").getByRole("link", { name: "First" }).click();
  await reads(page, "Two.");
  expect(outside).toEqual([]);
  for (const { path } of await context.cookies()) expect(path).toBe("/tools/parley/");
});
