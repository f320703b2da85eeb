import { typescriptText } from "../ollama/texts";
import { expect, test } from "./fixtures";
import {
  ask,
  chooseTheme,
  composer,
  ended,
  openHome,
  openSidebar,
  reads,
  sideways,
  stopButton,
} from "./page";

const PHONE = { width: 390, height: 844 };

test.use({ viewport: PHONE, hasTouch: true, isMobile: true });

test("the column is a popover that opens and closes", async ({ page }) => {
  await openHome(page);
  const column = page.getByRole("navigation", { name: "Conversations" });
  await expect(column).toBeHidden();
  await openSidebar(page);
  await page.getByRole("button", { name: "Close" }).click();
  await expect(column).toBeHidden();
  await openSidebar(page);
  await page.touchscreen.tap(PHONE.width - 10, PHONE.height / 2);
  await expect(column).toBeHidden();
  await openSidebar(page);
  await page.keyboard.press("Escape");
  await expect(column).toBeHidden();
});

test("the column leads to a conversation and is closed there", async ({ page, ollama }) => {
  ollama.next({ chunks: ["Hello."] });
  await ask(page, "A first talk");
  await ended(page);
  await openHome(page);
  await openSidebar(page);
  await page.getByRole("link", { name: "A first talk" }).click();
  await reads(page, "Hello.");
  await expect(page.getByRole("navigation", { name: "Conversations" })).toBeHidden();
});

test("the theme is in the column", async ({ page }) => {
  await openHome(page);
  await openSidebar(page);
  await chooseTheme(page, "Dark");
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(23, 22, 20)");
});

const WIDE = `${typescriptText}

| a | b | c | d | e | f | g | h |
|---|---|---|---|---|---|---|---|
| one two | three four | five six | seven eight | nine ten | eleven | twelve | thirteen |

$$
x = a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + a_{10} + a_{11} + a_{12} + a_{13} + a_{14}
$$

https://example.org/${"a-very-long-path/".repeat(12)}`;

test("no page is wider than the phone, and the composer is in sight", async ({
  page,
  ollama,
  faults,
}) => {
  faults.allow(/404/);
  await openHome(page);
  expect(await sideways(page)).toBe(0);
  ollama.next({ chunks: [WIDE, " and"], holdAfter: 1 });
  await ask(page, `A_long_word_${"without_a_space_".repeat(20)}`);
  await expect(page.getByText("Call them in order.").last()).toBeVisible();
  expect(await sideways(page)).toBe(0);
  await expect(stopButton(page)).toBeInViewport();
  ollama.release();
  await ended(page);
  expect(await sideways(page)).toBe(0);
  await expect(composer(page)).toBeInViewport({ ratio: 1 });
  const code = page.locator(".answer pre:visible");
  expect(await code.evaluate((pre) => pre.scrollWidth > pre.clientWidth)).toBe(true);
  for (const address of ["/conversations", "/no/such/place", "/patterns"]) {
    await page.goto(address, { waitUntil: "commit" });
    await expect(page.getByRole("main")).toBeVisible();
    expect(await sideways(page), address).toBe(0);
  }
});

test("what a finger touches is at least 44 px high", async ({ page, ollama }) => {
  ollama.next({ chunks: ["Heads."], end: "length" });
  await ask(page, "Flip a coin");
  await ended(page);
  for (const name of ["Send", "Continue", "Again"]) {
    const box = await page.getByRole("button", { name, exact: true }).boundingBox();
    expect(box?.height, name).toBeGreaterThanOrEqual(44);
  }
});
