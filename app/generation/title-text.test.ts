import { expect, test } from "vitest";
import { titleIn, titlePrompt, wholeWords } from "./title-text";

const FOUND: [written: string, title: string][] = [
  ["Tides Twice a Day", "Tides Twice a Day"],
  ['"Tides Twice a Day."', "Tides Twice a Day"],
  ["**Title:** Tides twice a day\n\nThis title says what it is about.", "Tides twice a day"],
  ["Title: **“Tides”**", "Tides"],
  ["# Tides\n", "Tides"],
  ["Here is a title:\n\n- Tides twice a day", "Tides twice a day"],
  ["1. Tides\n2. The moon", "Tides"],
  ["<think>The person asks.\nSo</think>\n\nTides", "Tides"],
  ["«Les marées, deux fois par jour»", "Les marées, deux fois par jour"],
  ["Titel: Ebbe und Flut", "Ebbe und Flut"],
  ["「潮の満ち引き」", "潮の満ち引き"],
  ["标题：潮汐。", "潮汐"],
  ["What is chmod 640?", "What is chmod 640?"],
  ["`chmod 640` explained", "chmod 640` explained"],
  ["Wait for it...", "Wait for it..."],
  ["Tides\tand\r\nmoons", "Tides and"],
  ["L'eau et l'été", "L'eau et l'été"],
];

test.each(FOUND)("in %j it is %j", (written, title) => {
  expect(titleIn(written)).toBe(title);
});

test("what holds no word is no title", () => {
  for (const written of ["", " \n ", '""', "**", "...", "<think>never ends", "Title:", "Sure:"]) {
    expect(titleIn(written), written).toBeUndefined();
  }
});

test("a long one is cut at a word", () => {
  const title = titleIn(
    "The tides and the moon and the sun and the wind and the sea and the shore",
  );
  expect(title).toBe("The tides and the moon and the sun and the wind and the sea…");
  expect([...(titleIn("潮".repeat(100)) ?? "")]).toHaveLength(61);
});

test("nothing that is written takes long to look through", () => {
  const quotes = `x${'"'.repeat(200_000)}x`;
  for (const written of [
    quotes,
    "- ".repeat(100_000),
    `${" \n".repeat(100_000)}x`,
    "<think>".repeat(50_000),
  ]) {
    const begun = performance.now();
    titleIn(written);
    expect(performance.now() - begun).toBeLessThan(250);
  }
});

test("a model is shown the beginnings only", () => {
  const request = titlePrompt("p".repeat(5_000), "short");
  expect(request).toContain(`${"p".repeat(300)}…`);
  expect(request).not.toContain("p".repeat(301));
  expect(request).toContain("short");
  expect(titlePrompt("p".repeat(5_000), "a".repeat(5_000)).length).toBeLessThan(700);
});

test("a word that was cut is left out of a title", () => {
  expect(wholeWords("The tides and the mo")).toBe("The tides and the");
  expect(wholeWords("Ebbe und Flut ")).toBe("Ebbe und");
  expect(wholeWords("潮の満ち引きと月の")).toBe("潮の満ち引きと月の");
});
