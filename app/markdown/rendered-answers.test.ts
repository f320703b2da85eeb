import { expect, test } from "vitest";
import { renderBlocks } from "./blocks";
import { RenderedAnswers } from "./rendered-answers";

test("an answer is rendered once, and anew when it has grown", async () => {
  const rendered = new RenderedAnswers();
  const first = await rendered.blocks("a", "One *answer*");
  expect(first).toEqual(renderBlocks("One *answer*"));
  expect(await rendered.blocks("a", "One *answer*")).toBe(first);
  expect(await rendered.blocks("a", "One *answer*, continued")).toEqual(
    renderBlocks("One *answer*, continued"),
  );
});

test("two requests at the same time wait for one rendering", async () => {
  const rendered = new RenderedAnswers();
  const [one, other] = [rendered.blocks("a", "One"), rendered.blocks("a", "One")];
  expect(await one).toBe(await other);
});

test("the largest answer stays, and the least recently used goes first", async () => {
  const rendered = new RenderedAnswers();
  const long = "word ".repeat(800_000);
  const a = await rendered.blocks("a", `a ${long}`);
  const b = await rendered.blocks("b", `b ${long}`);
  expect(await rendered.blocks("a", `a ${long}`)).toBe(a);
  for (const id of ["c", "d", "e"]) await rendered.blocks(id, `${id} ${long}`);
  expect(await rendered.blocks("b", `b ${long}`)).not.toBe(b);
});

test("an answer above the limit stays until another is shown", async () => {
  const rendered = new RenderedAnswers();
  const long = "word ".repeat(3_000_000);
  const a = await rendered.blocks("a", long);
  expect(await rendered.blocks("a", long)).toBe(a);
  const b = await rendered.blocks("b", "One");
  expect(await rendered.blocks("b", "One")).toBe(b);
  expect(await rendered.blocks("a", long)).not.toBe(a);
});
