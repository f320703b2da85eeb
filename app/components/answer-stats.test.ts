import { expect, test } from "vitest";
import { metrics, statsLine } from "./answer-stats";

const qwen = { model: "qwen3:8b", demo: false };

test("the line tells the model, its speed, its length and the wait", () => {
  const stats = { tokensPerSecond: 41.2, answerTokens: 1312, firstTokenMs: 812 };
  expect(statsLine({ ...qwen, stats })).toBe(
    "qwen3:8b · 41 tokens/s · 1,312 tokens · first word after 0.8 s",
  );
});

test("what the host did not report is left out", () => {
  expect(statsLine(qwen)).toBe("qwen3:8b");
  expect(statsLine({ ...qwen, stats: { answerTokens: 1 } })).toBe("qwen3:8b · 1 token");
});

test("a digit after the point is kept only where it tells something", () => {
  expect(statsLine({ ...qwen, stats: { tokensPerSecond: 2.34 } })).toContain("2.3 tokens/s");
  expect(statsLine({ ...qwen, stats: { tokensPerSecond: 9.97 } })).toContain("10 tokens/s");
});

test("the demo says that it is no model", () => {
  expect(statsLine({ model: "eliza", demo: true })).toBe("eliza (demo, not a model)");
});

test("the details tell what was reported, in full", () => {
  const stats = {
    ...{ promptTokens: 1204, promptTokensPerSecond: 812.4, answerTokens: 312, tokensPerSecond: 41 },
    ...{ loadMs: 1234, firstTokenMs: 2000, totalMs: 12_345, contextTokens: 4096 },
    ...{ modelDigest: "500a", asked: "Temperature 0.2" },
  };
  expect(metrics({ end: "length", stats })).toEqual([
    ["Read", "1,204 tokens, 812 a second"],
    ["Written", "312 tokens, 41 a second"],
    ["Model loaded in", "1.23 s"],
    ["First word after", "2.00 s"],
    ["In all", "12 s"],
    ["Context", "1,516 of 4,096 tokens"],
    ["Asked with", "Temperature 0.2"],
    ["Ended", "at the length limit"],
    ["Digest", "500a"],
  ]);
});

test("without figures there are no details", () => {
  expect(metrics({ end: "stopped", stats: { firstTokenMs: 3 } })).toEqual([]);
});

test("a first word that came at once is not said to have taken no time", () => {
  expect(statsLine({ ...qwen, stats: { firstTokenMs: 12 } })).toBe("qwen3:8b · first word at once");
});

test("the figures of a continued answer are told to be of its last part", () => {
  const stats = { answerTokens: 12, lastPart: true };
  expect(statsLine({ ...qwen, stats })).toBe("qwen3:8b · 12 tokens · the last part alone");
  expect(metrics({ end: "finished", stats })[0]).toEqual([
    "Figures",
    "of the last part, since the answer was continued",
  ]);
});
