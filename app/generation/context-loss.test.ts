import { describe, expect, test } from "vitest";
import { type EarlierReading, lossOf, type NewReading } from "./context-loss";

const before: EarlierReading = {
  characters: 12_000,
  pictures: 0,
  promptTokens: 3_000,
  contextTokens: 4_096,
  cut: false,
};
const now = (characters: number, promptTokens: number, contextTokens = 4_096): NewReading => ({
  ...{ characters, pictures: 0, promptTokens, contextTokens },
  ...{ alone: false, lastCharacters: 200 },
});
/** A first prompt: nothing but the instructions and itself. */
const first = (characters: number, promptTokens: number, contextTokens = 4_096): NewReading => ({
  ...now(characters, promptTokens, contextTokens),
  ...{ alone: true, lastCharacters: characters },
});

const TURNS = { turnsDropped: true, promptCut: false };
const PROMPT = { turnsDropped: false, promptCut: true };
const NONE = { turnsDropped: false, promptCut: false };

describe("turns were left out", () => {
  test("when the branch cannot have fitted and the count is small", () => {
    expect(lossOf(now(20_000, 2_600), undefined, before)).toEqual(TURNS);
  });

  test("when it hardly fits by the best guess, and the count is far too small", () => {
    expect(lossOf(now(17_000, 2_500), undefined, before)).toEqual(TURNS);
  });

  test("again when they were left out before and the branch has grown", () => {
    const cut = { ...before, promptTokens: 900, cut: true };
    expect(lossOf(now(13_000, 1_000), undefined, cut)).toEqual(TURNS);
    expect(lossOf(now(12_000, 4_000), undefined, cut)).toEqual(TURNS);
  });

  test("when the model has never read the branch, and cannot have read it all", () => {
    expect(lossOf(now(60_000, 3_900), undefined, undefined)).toEqual(TURNS);
    expect(lossOf(now(18_500, 3_400), 0.25, undefined)).toEqual(TURNS);
  });

  test("when the model takes more tokens than others", () => {
    expect(lossOf(now(14_000, 3_500), 0.7, before)).toEqual(TURNS);
  });
});

describe("the prompt itself was cut", () => {
  // 1.05 to 1.5 times a context of 4,096, in English; Ollama reads half the window.
  test.each([17_600, 20_000, 24_500, 40_000, 200_000])(
    "when %i characters of a first prompt are read as half the window",
    (characters) => {
      expect(lossOf(first(characters, 2_051), undefined, undefined)).toEqual(PROMPT);
      expect(lossOf(first(characters, 2_051), 0.245, undefined)).toEqual(PROMPT);
    },
  );

  test("when a first prompt has filled the window, as hosts before 0.30 cut it", () => {
    expect(lossOf(first(24_500, 4_096), undefined, undefined)).toEqual(PROMPT);
  });

  test("when the count is impossible for what was sent", () => {
    expect(lossOf(first(24_500, 900), undefined, undefined)).toEqual(PROMPT);
  });

  test("together with the turns before it", () => {
    const long = { ...now(40_000, 2_051), lastCharacters: 20_000 };
    expect(lossOf(long, undefined, before)).toEqual({ turnsDropped: true, promptCut: true });
  });
});

describe("nothing was left out", () => {
  test("when the count is what it had to be", () => {
    expect(lossOf(now(14_000, 3_500), undefined, before)).toEqual(NONE);
    expect(lossOf(now(16_300, 4_080), undefined, before)).toEqual(NONE);
    expect(lossOf(first(16_000, 4_000), 0.25, undefined)).toEqual(NONE);
    expect(lossOf(first(8_200, 2_050), undefined, undefined)).toEqual(NONE);
  });

  test("when the count is small because a host does not count its cache", () => {
    expect(lossOf(now(13_000, 250), undefined, before)).toEqual(NONE);
    expect(lossOf(now(12_400, 90), 0.25, before)).toEqual(NONE);
    expect(lossOf(first(12_000, 1), 0.25, undefined)).toEqual(NONE);
    const cached = { ...before, promptTokens: 90 };
    expect(lossOf(now(13_000, 250), 0.25, cached)).toEqual(NONE);
  });

  test("when the context has grown meanwhile", () => {
    expect(lossOf(now(20_000, 5_000, 16_384), undefined, before)).toEqual(NONE);
    const cut = { ...before, promptTokens: 900, cut: true };
    expect(lossOf(now(13_000, 4_900, 16_384), undefined, cut)).toEqual(NONE);
  });

  test("when long instructions became short ones", () => {
    expect(lossOf(now(3_000, 700), undefined, before)).toEqual(NONE);
    const cut = { ...before, promptTokens: 900, cut: true };
    expect(lossOf(now(3_000, 700), undefined, cut)).toEqual(NONE);
  });

  test("when a picture has made the earlier count large", () => {
    const picture = { ...before, characters: 200, pictures: 2, promptTokens: 1_600 };
    expect(lossOf({ ...now(2_000, 2_100), pictures: 2 }, undefined, picture)).toEqual(NONE);
  });

  test("when pictures take less than Ollama guesses", () => {
    expect(lossOf({ ...first(200, 1_700), pictures: 6 }, 0.25, undefined)).toEqual(NONE);
  });

  test("when a text takes few tokens", () => {
    expect(lossOf(first(24_500, 3_000), undefined, undefined)).toEqual(NONE);
    expect(lossOf(first(24_500, 3_000), 0.25, undefined)).toEqual(NONE);
  });

  test("when there is nothing to compare with and the branch may have fitted", () => {
    expect(lossOf(now(20_000, 900), undefined, undefined)).toEqual(NONE);
    expect(lossOf(now(0, 0), undefined, undefined)).toEqual(NONE);
  });
});
