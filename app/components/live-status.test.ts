import { expect, test } from "vitest";
import { statusSentence } from "./live-status";

test("each state is a true sentence", () => {
  const model = "qwen3:8b";
  expect(statusSentence({ state: "queued", place: 1 })).toBe("First in the queue");
  expect(statusSentence({ state: "queued", place: 12 })).toBe("Number 12 in the queue");
  expect(statusSentence({ state: "loading", model, seconds: 12 })).toBe("Loading qwen3:8b, 12 s");
  expect(statusSentence({ state: "asked", model, seconds: 3 })).toBe(`Waiting for ${model}, 3 s`);
  expect(statusSentence({ state: "thinking" })).toBe("Thinking");
});

test("no seconds are shown before there is one", () => {
  expect(statusSentence({ state: "loading", model: "qwen3:8b", seconds: 0.4 })).toBe(
    "Loading qwen3:8b",
  );
});
