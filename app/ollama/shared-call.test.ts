import { expect, test } from "vitest";
import { SharedCall } from "./shared-call";

const never = new AbortController().signal;

function counted() {
  const ends: (() => void)[] = [];
  const aborted: number[] = [];
  const call = new SharedCall<number>((signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const number = ends.push(() => resolve(number));
    signal.addEventListener("abort", () => {
      aborted.push(number);
      reject(signal.reason);
    });
    return promise;
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { call, ends, aborted, settled };
}

test("those who come together share a call, and those who come later the next one", async () => {
  const { call, ends, settled } = counted();
  const first = Array.from({ length: 50 }, () => call.result(never));
  await settled();
  const second = Array.from({ length: 50 }, () => call.result(never));
  await settled();
  expect(ends).toHaveLength(1);
  ends[0]?.();
  expect(new Set(await Promise.all(first))).toEqual(new Set([1]));
  await settled();
  ends[1]?.();
  expect(new Set(await Promise.all(second))).toEqual(new Set([2]));
  expect(ends).toHaveLength(2);
});

test("a caller who leaves ends the call only if nobody else needs it", async () => {
  const { call, ends, aborted, settled } = counted();
  const leaving = new AbortController();
  const left = call.result(leaving.signal);
  const stays = call.result(never);
  await settled();
  leaving.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  expect(aborted).toEqual([]);
  ends[0]?.();
  expect(await stays).toBe(1);
  const last = new AbortController();
  const alone = call.result(last.signal);
  await settled();
  last.abort(new Error("gone"));
  await expect(alone).rejects.toThrow("gone");
  expect(aborted).toContain(2);
  const next = call.result(never);
  await settled();
  ends[2]?.();
  expect(await next).toBe(3);
});

test("a call that fails fails for its callers, and the next one is asked anew", async () => {
  let count = 0;
  const call = new SharedCall(async () => {
    if (++count === 1) throw new Error("no");
    return count;
  });
  const both = [call.result(never), call.result(never)];
  for (const one of both) await expect(one).rejects.toThrow("no");
  expect(await call.result(never)).toBe(2);
});
