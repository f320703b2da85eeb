import { expect, test } from "vitest";
import { GrowingText } from "./growing-text";

test("is all of its pieces in order, whenever it is asked", () => {
  const text = new GrowingText();
  let plain = "";
  for (let n = 0; n < 2_000; n++) {
    text.add(`${n} `);
    plain += `${n} `;
    if (n % 97 === 0) expect(text.toString()).toBe(plain);
  }
  text.add("");
  expect(`${text}`).toBe(plain);
});

test("begins anew when it is taken", () => {
  const text = new GrowingText();
  for (let n = 0; n < 300; n++) text.add(`${n} `);
  expect(text.take()).toMatch(/^0 1 .* 299 $/);
  text.add("x");
  expect([text.take(), text.take()]).toEqual(["x", ""]);
});
