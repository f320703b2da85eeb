import { describe, expect, test } from "vitest";
import { QUERY_CHARACTERS } from "~/limits";
import { parseSearch } from "./query";

const day = (year: number, month = 1, date = 1) => new Date(year, month - 1, date).getTime();

/** What is looked for, as short as it can be written: `word*` is a beginning, a phrase has its spaces. */
function read(typed: string) {
  const { query, misread } = parseSearch(typed);
  const { words, without, models, ...rest } = query;
  const short = (list: typeof words) => list.map(({ text, prefix }) => text + (prefix ? "*" : ""));
  return {
    words: short(words),
    ...(without.length > 0 ? { without: short(without) } : {}),
    ...(models.length > 0 ? { models } : {}),
    ...rest,
    ...(misread.length > 0 ? { misread } : {}),
  };
}

describe("what is typed", () => {
  const SEARCHES: [typed: string, read: ReturnType<typeof read>][] = [
    ["", { words: [] }],
    ["  ", { words: [] }],
    ["tide", { words: ["tide*"] }],
    ["tide ", { words: ["tide"] }],
    ["high tid", { words: ["high", "tid*"] }],
    ["hig* tide ", { words: ["hig*", "tide"] }],
    ['"high tide"', { words: ["high tide"] }],
    ['"high tide', { words: ["high tide"] }],
    ["“high tide”", { words: ["high tide"] }],
    ['say "high tide" twice', { words: ["say", "high tide", "twice*"] }],
    ["tide -moon", { words: ["tide"], without: ["moon"] }],
    ['tide -"full moon" -sun*', { words: ["tide"], without: ["full moon", "sun*"] }],
    ["well-known - dash", { words: ["well-known", "-", "dash*"] }],
    ["model:Qwen3:8b tide", { words: ["tide*"], models: ["qwen3:8b"] }],
    ["model:a model:b", { words: [], models: ["a", "b"] }],
    ["model:", { words: ["model:*"] }],
    ["IS:Pinned is:archived", { words: [], pinned: true, archived: true }],
    ["has:code has:file", { words: [], code: true, file: true }],
    ["is:blue", { words: ["is:blue*"], misread: ["is:blue"] }],
    ["-has:code tide", { words: ["tide*"], without: ["has:code"], misread: ["-has:code"] }],
    ["12:30 https://example.org", { words: ["12:30", "https://example.org*"] }],
    ["after:2025 before:2026", { words: [], after: day(2025), before: day(2026) }],
    ["before:2026-03-09", { words: [], before: day(2026, 3, 9) }],
    ["after:2026-3 after:2025", { words: [], after: day(2026, 3) }],
    ["before:2024-02-29", { words: [], before: day(2024, 2, 29) }],
    ["before:2025-02-29", { words: ["before:2025-02-29*"], misread: ["before:2025-02-29"] }],
    ["after:soon", { words: ["after:soon*"], misread: ["after:soon"] }],
    ["before:2025-13", { words: ["before:2025-13*"], misread: ["before:2025-13"] }],
  ];
  for (const [typed, expected] of SEARCHES) {
    test(JSON.stringify(typed), () => expect(read(typed)).toEqual(expected));
  }

  test("is read up to a length that nobody types", () => {
    expect(parseSearch("a ".repeat(100_000)).query.words).toHaveLength(QUERY_CHARACTERS / 2);
    const longest = "💧".repeat(QUERY_CHARACTERS);
    for (const typed of [longest, `${longest}💧`]) {
      expect(parseSearch(typed).query.words[0]?.text).toBe(longest);
    }
  });
});
