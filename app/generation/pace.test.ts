import { expect, test } from "vitest";
import { Pace } from "./pace";

test("one answer is shown anew at most twenty times a second", () => {
  expect(new Pace().interval(0)).toBe(50);
});

test("an update takes at most a tenth of the time, whatever it costs", () => {
  const pace = new Pace();
  expect(pace.interval(20)).toBe(200);
  expect(pace.interval(10_000)).toBe(1_000);
});

test("many answers share what one process can do, and stay within a quarter of a second", () => {
  const pace = new Pace();
  pace.running = 500;
  expect(pace.interval(0)).toBeGreaterThan(50);
  expect(pace.interval(0)).toBeLessThan(250);
});
