import { describe, expect, test } from "vitest";
import { MODEL_NAME_CHARACTERS, PROMPT_BYTES, TITLE_CHARACTERS } from "~/limits";
import { checkModel, checkPrompt, checkTitle, titleFrom } from "./prompt";

describe("a title made from a prompt", () => {
  const TITLES: [prompt: string, title: string][] = [
    ["How often is high tide?", "How often is high tide?"],
    ["\n\n  First line \nsecond", "First line"],
    ["many   spaces\tand tabs", "many spaces and tabs"],
    [
      "Explain to me in a few plain words how the moon makes the tides of the sea",
      "Explain to me in a few plain words how the moon makes the…",
    ],
    ["x".repeat(80), `${"x".repeat(60)}…`],
    ["🩵".repeat(70), `${"🩵".repeat(60)}…`],
  ];
  for (const [prompt, title] of TITLES) {
    test(JSON.stringify(prompt.slice(0, 30)), () => {
      expect(titleFrom(prompt)).toBe(title);
      expect(titleFrom(prompt).length).toBeLessThanOrEqual(TITLE_CHARACTERS);
    });
  }
});

describe("a prompt", () => {
  test("is kept as written, with plain newlines", () => {
    expect(checkPrompt("  a\r\nb  ")).toBe("  a\nb  ");
  });

  test("of exactly 1 MiB is taken, one byte more is not, counted as UTF-8", () => {
    expect(checkPrompt("é".repeat(PROMPT_BYTES / 2))).toHaveLength(PROMPT_BYTES / 2);
    expect(() => checkPrompt(`${"é".repeat(PROMPT_BYTES / 2)}x`)).toThrow("1 MiB");
  });

  test("of white space alone is empty", () => {
    expect(() => checkPrompt(" \r\n\t ")).toThrow("The prompt is empty.");
  });
});

test("a model's name is wanted", () => {
  expect(checkModel(" gemma3:4b ")).toBe("gemma3:4b");
  expect(() => checkModel("")).toThrow("No model is chosen.");
  expect(() => checkModel(undefined)).toThrow("No model is chosen.");
});

test("a model has a name that a host can have", () => {
  const longest = "m".repeat(MODEL_NAME_CHARACTERS);
  expect(checkModel(longest)).toBe(longest);
  for (const name of [`${longest}m`, "half \ud800"]) {
    expect(() => checkModel(name)).toThrow("not the name of a model");
  }
});

test("a title stands on one line, without space around it", () => {
  expect(checkTitle("  High\r\ntide \t in  Brest\n")).toBe("High tide in Brest");
});

test("an empty title is refused", () => {
  for (const raw of [undefined, "", " \n "]) expect(() => checkTitle(raw)).toThrow("empty");
});

test("a title has a limit of characters, as a person counts them", () => {
  const longest = "🌊".repeat(TITLE_CHARACTERS);
  expect(checkTitle(longest)).toBe(longest);
  expect(() => checkTitle(`${longest}a`)).toThrow(`${TITLE_CHARACTERS + 1} characters`);
});
