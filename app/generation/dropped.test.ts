import { describe, expect, test } from "vitest";
import { droppedTurns, type EarlierReading } from "./dropped";

const before: EarlierReading = {
  characters: 12_000,
  promptTokens: 3_000,
  contextTokens: 4_096,
  turnsDropped: false,
};
const now = (characters: number, promptTokens: number, contextTokens = 4_096) => ({
  characters,
  promptTokens,
  contextTokens,
});

describe("turns were left out", () => {
  test("when the branch cannot have fitted and the count is small", () => {
    expect(droppedTurns(now(20_000, 2_100), before)).toBe(true);
  });

  test("when it hardly fits by the best guess, and the count is far too small", () => {
    expect(droppedTurns(now(17_000, 2_500), before)).toBe(true);
  });

  test("again when they were left out before and the branch has grown", () => {
    const cut = { ...before, promptTokens: 900, turnsDropped: true };
    expect(droppedTurns(now(13_000, 1_000), cut)).toBe(true);
    expect(droppedTurns(now(12_000, 4_000), cut)).toBe(true);
  });

  test("when a first prompt cannot have fitted", () => {
    expect(droppedTurns(now(60_000, 2_048), undefined)).toBe(true);
  });
});

describe("no turns were left out", () => {
  test("when the count is what it had to be", () => {
    expect(droppedTurns(now(14_000, 3_500), before)).toBe(false);
    expect(droppedTurns(now(16_300, 4_080), before)).toBe(false);
  });

  test("when the count is small because a host does not count its cache", () => {
    expect(droppedTurns(now(13_000, 250), before)).toBe(false);
    expect(droppedTurns(now(12_400, 90), before)).toBe(false);
  });

  test("when the context has grown meanwhile", () => {
    expect(droppedTurns(now(20_000, 5_000, 16_384), before)).toBe(false);
    const cut = { ...before, promptTokens: 900, turnsDropped: true };
    expect(droppedTurns(now(13_000, 4_900, 16_384), cut)).toBe(false);
  });

  test("when long instructions became short ones", () => {
    expect(droppedTurns(now(3_000, 700), before)).toBe(false);
    const cut = { ...before, promptTokens: 900, turnsDropped: true };
    expect(droppedTurns(now(3_000, 700), cut)).toBe(false);
  });

  test("when a picture has made the earlier count large", () => {
    const picture = { ...before, characters: 200, promptTokens: 1_600 };
    expect(droppedTurns(now(2_000, 2_100), picture)).toBe(false);
  });

  test("when there is nothing to compare with and the branch may have fitted", () => {
    expect(droppedTurns(now(20_000, 900), undefined)).toBe(false);
    expect(droppedTurns(now(0, 0), undefined)).toBe(false);
  });
});
