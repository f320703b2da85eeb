import { expect, test } from "vitest";
import { generationProblem, wantsAnotherModel } from "./problems";

test("a failure is told in a sentence with its next step, the host's words apart", () => {
  const problem = generationProblem("out-of-memory", "qwen3:8b", "cudaMalloc failed");
  expect(problem.sentence).toBe("qwen3:8b does not fit into the memory of the host.");
  expect(problem.next).toMatch(/smaller model/);
  expect(problem.sentence + problem.next).not.toContain("cudaMalloc");
  expect(problem.detail).toBe("cudaMalloc failed");
});

test("a fault of our own shows the id that the log has, and no detail", () => {
  expect(generationProblem("own-fault", "m", "0199")).toMatchObject({ id: "0199" });
  expect(generationProblem("own-fault", "m", "0199")).not.toHaveProperty("detail");
});

test("a code of another release is still told", () => {
  expect(generationProblem("novel-failure", "m", null).sentence).toBe("Ollama refused the prompt.");
  expect(generationProblem("constructor", "m", null).sentence).toBe("Ollama refused the prompt.");
});

test("where the model is the trouble another one is offered", () => {
  expect(wantsAnotherModel("model-gone")).toBe(true);
  expect(wantsAnotherModel("unreachable")).toBe(false);
});
