import { expect, test } from "vitest";
import { contextShare, contextWords } from "./context-words";

test("an estimate is told in round numbers", () => {
  expect(contextWords(3127, 4096)).toBe("About 3,100 of 4,096 tokens, 76 %");
  expect(contextWords(83, 4096)).toBe("About 80 of 4,096 tokens, 2 %");
  expect(contextWords(3)).toBe("About 0 tokens");
  expect(contextWords(123_456)).toBe("About 120,000 tokens");
});

test("what does not fit is said", () => {
  expect(contextWords(5000, 4096)).toBe("About 5,000 tokens, more than the 4,096 that fit");
  expect(contextWords(4096, 4096)).toBe("About 4,100 of 4,096 tokens, 100 %");
});

test("a narrow screen gets the share alone, where there is one", () => {
  expect(contextShare(3127, 4096)).toBe("76 %");
  expect(contextShare(5000, 4096)).toBeUndefined();
  expect(contextShare(3127)).toBeUndefined();
});
