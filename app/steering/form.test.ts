import { describe, expect, test } from "vitest";
import { PROMPT_BYTES, STOP_SEQUENCE_CHARACTERS, STOP_SEQUENCES } from "~/limits";
import { type Steering, steeringInForce } from "~/steering/steering";
import { readSteering, type SteeringText, steeringSummary, writtenSteering } from "./form";
import { NUMBER_OPTIONS } from "./options";

const read = (typed: SteeringText, mostContext?: number) => readSteering(typed, mostContext);

describe("instructions that are to be none", () => {
  test("are none, and no default takes their place", () => {
    const { steering } = read({ system: " ", no_system: "on" });
    expect(steering).toEqual({ system: "" });
    expect(
      steeringInForce({ conversation: steering, model: {}, person: { system: "Be kind." } }),
    ).toEqual({ system: "" });
    expect(read(writtenSteering(steering)).steering).toEqual(steering);
  });

  test("and are something nevertheless are a fault", () => {
    const { steering, faults } = read({ system: "Be kind.", no_system: "on" });
    expect(steering).toEqual({});
    expect(faults.system).toContain("untick");
  });
});

/** So many stop sequences, all different. */
const stops = (count: number) => Array.from({ length: count }, (_, n) => `${n}`);

describe("what is typed", () => {
  const TAKEN: [field: keyof Steering, typed: string, value: unknown][] = [
    ["temperature", "0", 0],
    ["temperature", " 0,7 ", 0.7],
    ["temperature", "2", 2],
    ["temperature", "-0", 0],
    ["top_p", "0.01", 0.01],
    ["top_k", "0", 0],
    ["min_p", "1", 1],
    ["repeat_penalty", ".1", 0.1],
    ["seed", "-1", -1],
    ["seed", "2147483647", 2_147_483_647],
    ["num_ctx", "256", 256],
    ["num_ctx", "1048576", 1_048_576],
    ["num_predict", "-2", -2],
    ["num_predict", "1", 1],
    ["stop", "END\r\n\r\n  User:\nEND", ["END", "  User:"]],
    ["stop", `0\n${stops(STOP_SEQUENCES).join("\n")}`, stops(STOP_SEQUENCES)],
    ["stop", "🌊".repeat(STOP_SEQUENCE_CHARACTERS), ["🌊".repeat(STOP_SEQUENCE_CHARACTERS)]],
    ["keep_alive", "300", "300"],
    ["keep_alive", "+5m", "5m"],
    ["keep_alive", "1h30m", "1h30m"],
    ["keep_alive", "-1", "-1"],
    ["keep_alive", "-0", "0"],
    ["think", "high", "high"],
    ["system", "  Be brief.\r\nAlways.", "  Be brief.\nAlways."],
    ["system", "é".repeat(PROMPT_BYTES / 2), "é".repeat(PROMPT_BYTES / 2)],
  ];
  for (const [field, typed, value] of TAKEN) {
    test(`${field}: ${JSON.stringify(typed.slice(0, 40))}`, () => {
      expect(read({ [field]: typed })).toEqual({ steering: { [field]: value }, faults: {} });
    });
  }

  const REFUSED: [field: keyof Steering, typed: string, reason: string][] = [
    ["temperature", "2.1", "It must be a number: from 0 to 2."],
    ["temperature", "-0.1", "It must be a number: from 0 to 2."],
    ["temperature", "hot", "It must be a number: from 0 to 2."],
    ["temperature", "1e1", "It must be a number: from 0 to 2."],
    ["temperature", "NaN", "It must be a number: from 0 to 2."],
    ["top_p", "0", "It must be a number: above 0, up to 1."],
    ["top_k", "40.5", "It must be a whole number: from 0 to 1,000."],
    ["top_k", "0x10", "It must be a whole number: from 0 to 1,000."],
    ["repeat_penalty", "0", "It must be a number: from 0.1 to 2."],
    ["seed", "99999999999999999999", "It must be a whole number: from -1 to 2,147,483,647."],
    ["num_ctx", "255", "It must be a whole number: from 256 to 1,048,576."],
    ["num_predict", "0", "It must be a whole number: -1, -2, or from 1 to 1,048,576."],
    ["num_predict", "-3", "It must be a whole number: -1, -2, or from 1 to 1,048,576."],
    ["stop", stops(STOP_SEQUENCES + 1).join("\n"), `at most ${STOP_SEQUENCES} texts`],
    [
      "stop",
      `a\n${"x".repeat(STOP_SEQUENCE_CHARACTERS + 1)}`,
      `Text 2 has more than ${STOP_SEQUENCE_CHARACTERS} characters.`,
    ],
    ["keep_alive", "soon", "It must be seconds"],
    ["keep_alive", "5 m", "It must be seconds"],
    ["keep_alive", "1.5", "It must be seconds"],
    ["keep_alive", "5d", "It must be seconds"],
    ["keep_alive", "999999999h", "less than a hundred years"],
    ["think", "max", "It must be one of off, on, low, medium, high."],
    ["system", `${"é".repeat(PROMPT_BYTES / 2)}x`, "longer than 1 MiB"],
  ];
  for (const [field, typed, reason] of REFUSED) {
    test(`${field}: not ${JSON.stringify(typed.slice(0, 24))}`, () => {
      const { steering, faults } = read({ [field]: typed });
      expect(steering).toEqual({});
      expect(faults[field]).toContain(reason);
    });
  }

  test("one fault does not take the rest along", () => {
    const { steering, faults } = read({ temperature: "9", top_k: "3" });
    expect(steering).toEqual({ top_k: 3 });
    expect(Object.keys(faults)).toEqual(["temperature"]);
  });

  test("white space alone sets nothing", () => {
    expect(read({ system: " \r\n ", temperature: "  ", stop: "\n" })).toEqual({
      steering: {},
      faults: {},
    });
  });

  test("the context is no longer than the model's", () => {
    expect(read({ num_ctx: "8192" }, 4096).faults.num_ctx).toContain("256 to 4,096");
    expect(read({ num_ctx: "4096" }, 4096).faults).toEqual({});
  });
});

test("the form shows again what it has taken", () => {
  const steering: Steering = { temperature: 0.2, stop: ["a", "b"], think: "off", keep_alive: "-1" };
  const typed = writtenSteering(steering);
  expect(typed).toEqual({ temperature: "0.2", stop: "a\nb", think: "off", keep_alive: "-1" });
  expect(read(typed).steering).toEqual(steering);
});

test("what every option is called, does and falls back to is said", () => {
  for (const { label, means, otherwise } of NUMBER_OPTIONS) {
    expect(label).not.toBe("");
    expect(means).toMatch(/\.$/);
    expect(otherwise).not.toBe("");
  }
});

test("the narrower layer wins, option by option", () => {
  expect(
    steeringInForce({
      person: { system: "Be kind.", temperature: 1, top_k: 5 },
      model: { temperature: 0.5 },
      conversation: { system: "Be brief." },
    }),
  ).toEqual({ system: "Be brief.", temperature: 0.5, top_k: 5 });
});

test("what is in force is said in a few words", () => {
  expect(steeringSummary({}, [])).toBe("");
  expect(steeringSummary({ temperature: 0.2 }, [])).toBe("Temperature 0.2");
  expect(steeringSummary({ system: "Be brief.", num_ctx: 16_384 }, [])).toBe(
    "Instructions, context length 16,384",
  );
  expect(steeringSummary({ stop: ["a", "b"], keep_alive: "-1" }, [])).toBe(
    "2 stops, kept in memory",
  );
  expect(steeringSummary({ keep_alive: "300" }, [])).toBe("Kept for 300 s");
});

test("many are cut short", () => {
  const all = { system: "x", temperature: 1, top_p: 0.5, top_k: 3, seed: 7 };
  expect(steeringSummary(all, [])).toBe("Instructions, temperature 1, top P 0.5, 2 more");
});

test("thinking is said only of a model that can", () => {
  expect(steeringSummary({ think: "high" }, ["low", "high"])).toBe("Thinking high");
  expect(steeringSummary({ think: "high" }, ["off", "on"])).toBe("");
});
