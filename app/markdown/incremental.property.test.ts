import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderBlocks } from "./blocks";
import { changes } from "./changes";
import { answers } from "./testing/answers";
import { expectedHtml, shownHtml } from "./testing/growing";
import { applyChanges } from "./testing/page";
import { type Arrival, arrival, markdown, settledStates } from "./testing/random";
import { violations } from "./testing/violations";

const seed = Number(process.env.SEED ?? 1);

/** The answers without those whose links are defined late, which no incremental rendering can foresee. */
const { references: lateLinks = "", ...ordinary } = answers;
const anAnswer = fc.constantFrom(...Object.values(ordinary));

async function expectTheSameAsWhole(text: string, steps: Arrival): Promise<void> {
  let page = "";
  for (const answer of settledStates(text, steps)) {
    expect(shownHtml(answer)).toBe(expectedHtml(answer));
    const tail = answer.tailHtml();
    page = applyChanges(page, changes(page, tail));
    expect(page).toBe(tail);
    if (answer.text !== text) continue;
    expect(await answer.finish()).toEqual({ blocks: renderBlocks(text), same: true });
  }
}

describe("an answer looks the same streamed and whole, at every moment", () => {
  test.each(Object.entries(ordinary))("%s", async (_name, text) => {
    const property = fc.asyncProperty(arrival, (steps) => expectTheSameAsWhole(text, steps));
    await fc.assert(property, { seed, numRuns: 6 });
  });

  test("several in one, with and without blank lines between", async () => {
    const three = fc.tuple(anAnswer, anAnswer, anAnswer);
    const between = fc.constantFrom("", "\n", "\n\n");
    const property = fc.asyncProperty(three, between, arrival, (parts, gap, steps) =>
      expectTheSameAsWhole(parts.join(gap), steps),
    );
    await fc.assert(property, { seed, numRuns: 20 });
  });

  test("texts of marks and words in any order", { timeout: 30_000 }, async () => {
    await fc.assert(fc.asyncProperty(markdown, arrival, expectTheSameAsWhole), {
      seed,
      numRuns: 800,
    });
  });
});

describe("with links that are defined late", () => {
  test("the end is that of the whole text, and `same` tells whether closed blocks agree", async () => {
    const outcomes = new Set<boolean>();
    const beginning = fc.oneof(anAnswer, fc.constant("see [a] and [c]\n\n"));
    const property = fc.asyncProperty(beginning, arrival, async (text, steps) => {
      const whole = `${text}\n\n${lateLinks}`;
      for (const answer of settledStates(whole, steps)) {
        if (answer.text !== whole) continue;
        const { blocks, same } = await answer.finish();
        expect(blocks).toEqual(renderBlocks(whole));
        expect(same).toBe(answer.closed.every((html, index) => html === blocks[index]));
        outcomes.add(same);
      }
    });
    await fc.assert(property, { seed, numRuns: 60 });
    expect(outcomes).toEqual(new Set([true, false]));
  });
});

test("closed blocks never change", () => {
  const property = fc.property(markdown, arrival, (text, steps) => {
    let before: string[] = [];
    for (const { closed } of settledStates(text, steps)) {
      expect(closed.slice(0, before.length)).toEqual(before);
      before = [...closed];
    }
  });
  fc.assert(property, { seed, numRuns: 300 });
});

test("no text of marks and words gets past the judge", () => {
  const property = fc.property(markdown, (text) => {
    expect(violations(renderBlocks(text).join(""))).toEqual([]);
  });
  fc.assert(property, { seed, numRuns: 1000 });
});
