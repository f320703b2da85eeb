import { expect, test } from "vitest";
import { renderBlocks } from "~/markdown/render";
import { LiveAnswer } from "./live-answer";
import { Pace } from "./pace";

const ids = {
  generationId: "g",
  ownerId: "local",
  conversationId: "c",
  messageId: "m",
  model: "m",
};

test("a reader who comes late to a long answer is caught up in parts, though no more is written", async () => {
  const text = "The **moon** pulls on `water`.\n\n".repeat(7_000);
  const answer = new LiveAnswer(ids, new Pace(), { thinking: "", content: text });
  answer.write("content", "End.\n\n");
  const whole = renderBlocks(`${text}End.\n\n`);
  const seen: number[] = [];
  while (answer.markdown.closed.length < whole.length) {
    const { version } = answer;
    answer.settle();
    seen.push(answer.markdown.closed.length);
    await answer.changed(version, AbortSignal.timeout(5_000), 5_000);
  }
  expect(seen.length).toBeGreaterThan(1);
  expect(answer.markdown.closed).toEqual(whole);
});
