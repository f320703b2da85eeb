import { describe, expect, test } from "vitest";
import { renderBlocks } from "./blocks";
import { changes } from "./changes";
import { GrowingMarkdown } from "./incremental";
import { answers } from "./testing/answers";
import { expectedHtml, shownHtml } from "./testing/growing";
import { applyChanges } from "./testing/page";
import { pick, piecesOf, randomMarkdown, seeded } from "./testing/random";
import { violations } from "./testing/violations";

/** The answers without those whose links are defined late, which no incremental rendering can foresee. */
const { references: lateLinks = "", ...ordinary } = answers;
const documents = Object.values(ordinary);

/** Streams a text in random pieces and tells what it looked like each time that it was settled. */
function* streamed(text: string, random: () => number): Generator<GrowingMarkdown, void> {
  const answer = new GrowingMarkdown();
  for (const piece of piecesOf(text, pick([3, 30], random), random)) {
    answer.append(piece);
    if (random() > 0.7) continue;
    answer.settle();
    yield answer;
  }
  answer.settle();
  yield answer;
}

async function expectTheSameAsWhole(text: string, random: () => number): Promise<void> {
  let page = "";
  let last: GrowingMarkdown | undefined;
  for (const answer of streamed(text, random)) {
    expect(shownHtml(answer)).toBe(expectedHtml(answer));
    const tail = answer.tailHtml();
    page = applyChanges(page, changes(page, tail));
    expect(page).toBe(tail);
    last = answer;
  }
  expect(await last?.finish()).toEqual({ blocks: renderBlocks(text), same: true });
}

describe("an answer looks the same streamed and whole, at every moment", () => {
  test.each(Object.entries(ordinary))("%s", (_name, text) => {
    for (let seed = 1; seed <= 6; seed++) expectTheSameAsWhole(text, seeded(seed));
  });

  test("several in one, with and without blank lines between", async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = seeded(seed);
      const parts = Array.from({ length: 3 }, () => pick(documents, random));
      await expectTheSameAsWhole(parts.join(pick(["", "\n", "\n\n"], random)), random);
    }
  });

  test("texts of marks and words in any order", async () => {
    for (let seed = 1; seed <= 800; seed++)
      await expectTheSameAsWhole(randomMarkdown(seeded(seed)), seeded(-seed));
  });
});

describe("with links that are defined late", () => {
  test("the end is that of the whole text, and `same` tells whether closed blocks agree", async () => {
    const outcomes = new Set<boolean>();
    for (let seed = 1; seed <= 60; seed++) {
      const random = seeded(seed);
      const text = `${pick([...documents, "see [a] and [c]\n\n"], random)}\n\n${lateLinks}`;
      const answer = [...streamed(text, random)].at(-1) ?? new GrowingMarkdown();
      const { blocks, same } = await answer.finish();
      expect(blocks).toEqual(renderBlocks(text));
      expect(same).toBe(answer.closed.every((html, index) => html === blocks[index]));
      outcomes.add(same);
    }
    expect(outcomes).toEqual(new Set([true, false]));
  });
});

test("closed blocks never change", async () => {
  for (let seed = 1; seed <= 300; seed++) {
    let before: string[] = [];
    for (const { closed } of streamed(randomMarkdown(seeded(seed)), seeded(-seed))) {
      expect(closed.slice(0, before.length)).toEqual(before);
      before = [...closed];
    }
  }
});

test("no text of marks and words gets past the judge", async () => {
  for (let seed = 1; seed <= 1000; seed++) {
    expect(violations(renderBlocks(randomMarkdown(seeded(seed))).join(""))).toEqual([]);
  }
});
