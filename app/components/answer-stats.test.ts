import { expect, test } from "vitest";
import { statsLine } from "./answer-stats";

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
