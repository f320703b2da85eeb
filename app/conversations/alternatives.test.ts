import { expect, test } from "vitest";
import { neighbourOf } from "./alternatives";

test("when an alternative goes, the one before it is shown, else the one after", () => {
  expect(neighbourOf("b", ["a", "b", "c"])).toBe("a");
  expect(neighbourOf("a", ["a", "b", "c"])).toBe("b");
  expect(neighbourOf("c", ["a", "b", "c"])).toBe("b");
  expect(neighbourOf("a", ["a"])).toBeUndefined();
  expect(neighbourOf("a", [])).toBeUndefined();
});
