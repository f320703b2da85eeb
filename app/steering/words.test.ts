import { expect, test } from "vitest";
import { steeringWords } from "./words";

test("what is in force is said in a few words", () => {
  expect(steeringWords({}, [])).toBe("");
  expect(steeringWords({ temperature: 0.2 }, [])).toBe("Temperature 0.2");
  expect(steeringWords({ system: "Be brief.", num_ctx: 16_384 }, [])).toBe(
    "Instructions, context length 16,384",
  );
  expect(steeringWords({ stop: ["a", "b"], keep_alive: "-1" }, [])).toBe("2 stops, kept in memory");
  expect(steeringWords({ keep_alive: "300" }, [])).toBe("Kept for 300 s");
});

test("many are cut short", () => {
  const all = { system: "x", temperature: 1, top_p: 0.5, top_k: 3, seed: 7 };
  expect(steeringWords(all, [])).toBe("Instructions, temperature 1, top P 0.5, 2 more");
});

test("thinking is said only of a model that can", () => {
  expect(steeringWords({ think: "high" }, ["low", "high"])).toBe("Thinking high");
  expect(steeringWords({ think: "high" }, ["off", "on"])).toBe("");
});
