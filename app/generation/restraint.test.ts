import { expect, test } from "vitest";
import { BUSY_MS } from "~/limits";
import { Restraint } from "./restraint";

function onClock() {
  const clock = { now: 0 };
  return { clock, restraint: new Restraint(() => clock.now) };
}

test("a busy host is asked again after pauses that grow, up to half a minute", () => {
  const { clock, restraint } = onClock();
  const pauses = Array.from({ length: 9 }, () => {
    restraint.refused(0);
    const pause = restraint.waitMs;
    clock.now += pause;
    return pause;
  });
  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test("prompts that are refused together make one pause", () => {
  const { clock, restraint } = onClock();
  for (const others of [3, 2, 1]) restraint.refused(others);
  expect(restraint).toMatchObject({ waitMs: 500, most: 1 });
  clock.now = 500;
  restraint.refused(1);
  expect(restraint.waitMs).toBe(1_000);
});

test("each prompt that is taken allows one more, and an answer that ends allows it at once", () => {
  const { restraint } = onClock();
  restraint.refused(2);
  restraint.took();
  expect(restraint.most).toBe(3);
  restraint.freed();
  expect(restraint.waitMs).toBe(0);
});

test("a prompt is given up past its time, and not before", () => {
  const { clock, restraint } = onClock();
  clock.now = BUSY_MS;
  expect(restraint.isOverdue(0)).toBe(false);
  clock.now = BUSY_MS + 1;
  expect(restraint.isOverdue(0)).toBe(true);
});

test("nothing is held back where no host was ever busy", () => {
  const { restraint } = onClock();
  expect(restraint).toMatchObject({ most: Number.POSITIVE_INFINITY, waitMs: 0 });
});
