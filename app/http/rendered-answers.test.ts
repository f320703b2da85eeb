import { expect, test } from "vitest";
import { renderBlocks } from "~/markdown/render";
import { RenderedAnswers } from "./rendered-answers";

test("an answer is rendered once, and anew when it has grown", () => {
  const rendered = new RenderedAnswers();
  const first = rendered.blocks("a", "One *answer*");
  expect(first).toEqual(renderBlocks("One *answer*"));
  expect(rendered.blocks("a", "One *answer*")).toBe(first);
  expect(rendered.blocks("a", "One *answer*, continued")).toEqual(
    renderBlocks("One *answer*, continued"),
  );
});

test("what was not looked at for longest goes first, and memory is bounded", () => {
  const rendered = new RenderedAnswers();
  const long = "word ".repeat(300_000);
  const a = rendered.blocks("a", `a ${long}`);
  rendered.blocks("b", `b ${long}`);
  expect(rendered.blocks("b", `b ${long}`)).not.toBe(a);
  expect(rendered.blocks("a", `a ${long}`)).not.toBe(a);
});
