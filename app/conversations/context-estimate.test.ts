import { describe, expect, test } from "vitest";
import type { MeasuredAnswer } from "~/db/generations";
import { estimateContext } from "./context-estimate";

const measured: MeasuredAnswer = {
  model: "m",
  promptTokens: 1_000,
  answerTokens: 200,
  answerCharacters: 800,
  thinkingCharacters: 0,
  pathCharacters: 4_800,
  characters: 4_000,
  contextTokens: 4_096,
  numCtx: undefined,
  turnsDropped: false,
};
const at = (pathCharacters: number, more: Partial<MeasuredAnswer> = {}) =>
  estimateContext({ measured: { ...measured, ...more }, pathCharacters, instructions: 0 });

describe("how full a context is", () => {
  test("is what was read and written last, where nothing came since", () => {
    expect(at(4_800)).toEqual({ tokens: 1_200, tokensPerCharacter: 0.25, measured: true });
  });

  test("grows with what came since, as the last answer's text was counted", () => {
    expect(at(5_800).tokens).toBe(1_450);
    expect(at(5_800, { answerTokens: 800 }).tokens).toBe(1_000 + 800 + 1_000);
  });

  test("does not count thinking, which is not sent again", () => {
    expect(at(4_800, { thinkingCharacters: 2_400 }).tokens).toBe(1_050);
  });

  test("is not taken from figures of a branch that was cut", () => {
    const { tokens } = at(40_000, { turnsDropped: true });
    expect(tokens).toBe(10_000);
  });

  test("is guessed from the length where nothing was measured", () => {
    const guess = estimateContext({ measured: undefined, pathCharacters: 400, instructions: 80 });
    expect(guess).toEqual({ tokens: 120, tokensPerCharacter: 0.25, measured: false });
  });

  test("takes no ratio from a few characters, nor one that pictures have raised", () => {
    const few = { answerTokens: 30, answerCharacters: 10, characters: 20, promptTokens: 90 };
    expect(at(4_800, few).measured).toBe(false);
    const picture = { answerTokens: 3, answerCharacters: 10, characters: 400, promptTokens: 5_000 };
    expect(at(4_800, picture).tokensPerCharacter).toBe(1.5);
  });

  test("has no figures for an answer without a word", () => {
    expect(at(4_800, { answerTokens: null, answerCharacters: 0 }).tokens).toBe(1_000);
  });
});
