import { describe, expect, test } from "vitest";
import type { MeasuredAnswer } from "~/db/generations";
import { type EstimatedBranch, estimateContext } from "./context-estimate";

const measured: MeasuredAnswer = {
  modelDigest: "d",
  promptTokens: 1_000,
  answerTokens: 200,
  answerCharacters: 800,
  thinkingCharacters: 0,
  pathCharacters: 4_800,
  pathPictures: 0,
  characters: 4_000,
  contextTokens: 4_096,
  numCtx: undefined,
  cut: false,
};
const nothing = { pathPictures: 0, instructions: 0, modelDigest: "d", ratio: undefined };
const at = (
  pathCharacters: number,
  more: Partial<MeasuredAnswer> = {},
  branch: Partial<EstimatedBranch> = {},
) => estimateContext({ ...nothing, measured: { ...measured, ...more }, pathCharacters, ...branch });

describe("how full a context is", () => {
  test("is what was read and written last, where nothing came since", () => {
    expect(at(4_800)).toEqual({ tokens: 1_200, instructions: 0, tokensPerCharacter: 0.25 });
  });

  test("grows with what came since, as the last answer's text was counted", () => {
    expect(at(5_800).tokens).toBe(1_450);
    expect(at(5_800, { answerTokens: 800 }).tokens).toBe(1_000 + 800 + 1_000);
  });

  test("does not count thinking, which is not sent again", () => {
    expect(at(4_800, { thinkingCharacters: 2_400 }).tokens).toBe(1_050);
  });

  test("is not taken from figures of a branch that was cut", () => {
    const { tokens } = at(40_000, { cut: true });
    expect(tokens).toBe(10_000);
  });

  test("is not taken from a count that cannot be true of what was sent", () => {
    expect(at(4_800, { promptTokens: 40 }).tokens).toBe(1_200);
    expect(at(4_800, { promptTokens: 1_000_000 }).tokens).toBe(1_200);
  });

  test("is guessed from the length where nothing was measured", () => {
    const guess = { measured: undefined, pathCharacters: 400, instructions: 80 };
    expect(estimateContext({ ...nothing, ...guess })).toEqual({
      ...{ tokens: 120, instructions: 20, tokensPerCharacter: 0.25 },
    });
  });

  test("grows with what came since as the model has counted elsewhere", () => {
    expect(at(5_800, {}, { ratio: 0.5 }).tokens).toBe(1_700);
    expect(at(0, {}, { measured: undefined, pathCharacters: 400, ratio: 0.5 }).tokens).toBe(200);
  });

  test("does not take the figures of another model where its own are known", () => {
    expect(at(4_800, { modelDigest: "other" }, { ratio: 0.5 }).tokens).toBe(2_400);
    expect(at(4_800, { modelDigest: "other" }).tokens).toBe(1_200);
  });

  test("counts each picture for what Ollama counts it", () => {
    expect(at(4_800, {}, { pathPictures: 2 }).tokens).toBe(1_200 + 2 * 768);
    const branch = { measured: undefined, pathPictures: 1, ratio: 0.5 };
    expect(at(400, {}, branch).tokens).toBe(200 + 768);
  });

  test("takes no ratio from a few characters, nor one that pictures have raised", () => {
    const few = { answerTokens: 30, answerCharacters: 10, characters: 20, promptTokens: 90 };
    expect(at(4_800, few).tokensPerCharacter).toBe(0.25);
    const picture = { ...few, characters: 400, promptTokens: 5_000, pathPictures: 1 };
    expect(at(4_800, picture).tokensPerCharacter).toBe(0.25);
  });

  test("has no figures for an answer without a word", () => {
    expect(at(4_800, { answerTokens: null, answerCharacters: 0 }).tokens).toBe(1_000);
  });
});
