import { expect, test } from "vitest";
import { thinkValues } from "./think-values";

const can = ["completion", "thinking"];

test("a model without the capability cannot think", () => {
  expect(thinkValues("gpt-oss:20b", ["completion"])).toEqual([]);
  expect(thinkValues("x", ["completion"], [true, false])).toEqual([]);
});

test("where the host says nothing, gpt-oss has levels and the others a switch", () => {
  expect(thinkValues("qwen3:8b", can)).toEqual(["off", "on"]);
  expect(thinkValues("hf.co/acme/GPT-OSS:20b", can)).toEqual(["low", "medium", "high"]);
  expect(thinkValues("gpt-oss/qwen3", can)).toEqual(["off", "on"]);
});

test("where the host says it, that holds, as far as it is known here", () => {
  expect(thinkValues("qwen3:8b", can, [false, true])).toEqual(["off", "on"]);
  expect(thinkValues("x", can, ["high", "low", "max"])).toEqual(["low", "high"]);
});
