import { expect, test } from "vitest";
import { SetAside } from "./set-aside";

const text = (prompt: string) => ({ ownerId: "me", conversationId: "c1", prompt, files: [] });

test("a text is found under its key as often as its page is loaded", () => {
  const aside = new SetAside();
  const key = aside.keep(text("Half a thought"));
  for (let load = 0; load < 2; load++)
    expect(aside.find("me", "c1", key)?.prompt).toBe("Half a thought");
});

test("nobody else finds it, and no other conversation shows it", () => {
  const aside = new SetAside();
  const key = aside.keep(text("Mine"));
  expect(aside.find("you", "c1", key)).toBeUndefined();
  expect(aside.find("me", "c2", key)).toBeUndefined();
  expect(aside.find("me", "c1", null)).toBeUndefined();
});

test("old texts make room for new ones, and the newest is always there", () => {
  const aside = new SetAside();
  const mebibyte = "x".repeat(1024 * 1024);
  const keys = Array.from({ length: 10 }, () => aside.keep(text(mebibyte)));
  expect(keys.filter((key) => aside.find("me", "c1", key)).length).toBe(7);
  const last = aside.keep(text("y".repeat(9 * 1024 * 1024)));
  expect(keys.filter((key) => aside.find("me", "c1", key))).toEqual([]);
  expect(aside.find("me", "c1", last)).toBeDefined();
});

test("files without a text make room as well", () => {
  const aside = new SetAside();
  const [first = ""] = Array.from({ length: 9_000 }, () => aside.keep(text("")));
  expect(aside.find("me", "c1", first)).toBeUndefined();
});
