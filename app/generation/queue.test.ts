import { expect, test } from "vitest";
import { BUSY_MS } from "~/limits";
import { Backoff } from "./queue";

function onClock() {
  const clock = { now: 0 };
  return { clock, backoff: new Backoff(() => clock.now) };
}

test("a busy host is asked again after pauses that grow, up to half a minute", () => {
  const { clock, backoff } = onClock();
  const pauses = Array.from({ length: 9 }, () => {
    backoff.refused(0);
    const pause = backoff.pauseMs;
    clock.now += pause;
    return pause;
  });
  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test("prompts that are refused together make one pause", () => {
  const { clock, backoff } = onClock();
  for (const others of [3, 2, 1]) backoff.refused(others);
  expect(backoff).toMatchObject({ pauseMs: 500, parallel: 1 });
  clock.now = 500;
  backoff.refused(1);
  expect(backoff.pauseMs).toBe(1_000);
});

test("each prompt that is taken allows one more, and an answer that ends allows it at once", () => {
  const { backoff } = onClock();
  backoff.refused(2);
  backoff.accepted();
  expect(backoff.parallel).toBe(3);
  backoff.freed();
  expect(backoff.pauseMs).toBe(0);
});

test("a prompt is given up past its time, and not before", () => {
  const { clock, backoff } = onClock();
  clock.now = BUSY_MS;
  expect(backoff.isOverdue(0)).toBe(false);
  clock.now = BUSY_MS + 1;
  expect(backoff.isOverdue(0)).toBe(true);
});

test("nothing is held back where no host was ever busy", () => {
  const { backoff } = onClock();
  expect(backoff).toMatchObject({ parallel: Number.POSITIVE_INFINITY, pauseMs: 0 });
});
