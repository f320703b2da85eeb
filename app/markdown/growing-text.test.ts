import { expect, test } from "vitest";
import { GrowingText } from "./growing-text";

test("is all of its chunks in order, whenever it is asked", () => {
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

test("is read from any place to any other, whether it has been joined or not", () => {
  const text = new GrowingText();
  let plain = "";
  for (let n = 0; n < 1_000; n++) {
    text.add(`${n} `);
    plain += `${n} `;
    const from = (n * 7919) % (plain.length + 3);
    const to = from + ((n * 104_729) % 400);
    expect(text.slice(from, to)).toBe(plain.slice(from, to));
    expect(text.slice(from)).toBe(plain.slice(from));
    expect(text.length).toBe(plain.length);
    if (n % 97 === 0) text.toString();
  }
});
