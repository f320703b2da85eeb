import { parseBlocks, renderBlock } from "../blocks";
import { GrowingMarkdown } from "../incremental";
import { normalized, withoutUndecided } from "../source";

/** A growing answer that got these chunks, settled after each. */
export function streamed(chunks: Iterable<string>): GrowingMarkdown {
  const answer = new GrowingMarkdown();
  for (const chunk of chunks) {
    answer.append(chunk);
    answer.settle();
  }
  return answer;
}

/** What a reader of a growing answer sees. */
export function shownHtml(answer: GrowingMarkdown): string {
  return answer.closed.join("") + answer.tailHtml();
}

/** The same text rendered whole, as far as it is shown; open code is not highlighted in either. */
export function expectedHtml(answer: GrowingMarkdown): string {
  const text = normalized(answer.text.replace(/[\r\ud800-\udbff]$/, ""));
  const tail = answer.tailText;
  const shown =
    tail === "" ? withoutUndecided(text) : text.slice(0, text.lastIndexOf(tail) + tail.length);
  const { blocks } = parseBlocks(shown);
  return blocks.map((block) => renderBlock(block, { growing: true })).join("");
}
