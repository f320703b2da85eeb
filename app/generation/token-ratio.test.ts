import { expect, test } from "vitest";
import { countedInAnswer, countedInPrompt, ratioOf } from "./token-ratio";

const prompt = { characters: 4_000, pictures: 0, promptTokens: 1_000, contextTokens: 4_096 };
const NOTHING = { characters: 0, tokens: 0 };

test("an answer teaches what text takes, unless it is short or its count cannot be true", () => {
  expect(countedInAnswer(1_000, 300)).toEqual({ characters: 1_000, tokens: 300 });
  for (const [characters, tokens] of [
    [100, 30],
    [1_000, null],
    [1_000, 10],
    [1_000, 9_000],
  ] as const) {
    expect(countedInAnswer(characters, tokens)).toEqual(NOTHING);
  }
});

test("a prompt teaches only what is certain", () => {
  expect(countedInPrompt(prompt, "all")).toEqual({ characters: 4_000, tokens: 1_000 });
  expect(countedInPrompt(prompt, "some")).toEqual(NOTHING);
  expect(countedInPrompt({ ...prompt, pictures: 1 }, "all")).toEqual(NOTHING);
  expect(countedInPrompt({ ...prompt, promptTokens: 100 }, "all")).toEqual(NOTHING);
  expect(countedInPrompt({ ...prompt, characters: 20_000, promptTokens: 2_051 }, "all")).toEqual(
    NOTHING,
  );
});

test("no text outweighs all others", () => {
  const { characters, tokens } = countedInAnswer(1_000_000, 250_000);
  expect(characters).toBeLessThan(100_000);
  expect(tokens / characters).toBe(0.25);
});

test("a ratio needs some text", () => {
  expect(ratioOf(undefined)).toBeUndefined();
  expect(ratioOf({ characters: 0, tokens: 0 })).toBeUndefined();
  expect(ratioOf({ characters: 1_000, tokens: 250 })).toBe(0.25);
});
