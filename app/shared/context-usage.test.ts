import { expect, test } from "vitest";
import { contextLoss, contextShare, contextUsage } from "./context-usage";

const words = (tokens: number, of?: number) => contextUsage({ tokens, alone: 0, of });
const loss = (tokens: number, alone: number, of?: number) => contextLoss({ tokens, alone, of });

test("an estimate is told in round numbers", () => {
  expect(words(3127, 4096)).toBe("About 3,100 of 4,096 tokens, 76 %");
  expect(words(83, 4096)).toBe("About 80 of 4,096 tokens, 2 %");
  expect(words(3)).toBe("About 0 tokens");
  expect(words(123_456)).toBe("About 120,000 tokens");
});

test("a share is never more than 100 %, and no more is said to fit than fits", () => {
  expect(words(4096, 4096)).toBe("About 4,096 of 4,096 tokens, 100 %");
  expect(words(4097, 4096)).toBe("About 4,100 of 4,096 tokens: ");
  expect(words(8200, 8192)).toBe("About 8,200 of 8,192 tokens: ");
  expect(words(1_040_000, 1_034_000)).not.toContain("%");
});

test("what will be lost is said of what does not fit, and of nothing else", () => {
  expect(loss(4096, 100, 4096)).toBe("");
  expect(loss(6000, 100, 4096)).toBe("the oldest messages will be left out");
  expect(loss(6000, 5000, 4096)).toContain("your prompt alone is too long");
  expect(loss(6000, 5000)).toBe("");
});

test("a narrow screen gets the share alone, where there is one", () => {
  expect(contextShare(3127, 4096)).toBe("76 %");
  expect(contextShare(5000, 4096)).toBeUndefined();
  expect(contextShare(3127)).toBeUndefined();
});
