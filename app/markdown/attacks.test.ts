import { describe, expect, test } from "vitest";
import { renderBlocks } from "./blocks";
import { GrowingMarkdown } from "./incremental";
import { attacks } from "./testing/attacks";
import { violations } from "./testing/violations";

describe("the judge of these tests", () => {
  test.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">a</a>',
    '<a href="/conversations/1/delete">a</a>',
    '<p style="color:red">a</p>',
    '<p id="tail-1">a</p>',
    '<div hx-get="/models">a</div>',
    '<math><mi data-hx-get="/models" href="https://x.example">x</mi></math>',
    "<p><!-- a --></p>",
  ])("finds fault with %s", (html) => {
    expect(violations(html)).not.toEqual([]);
  });
});

describe("nothing of a message becomes script, attribute or request", () => {
  test.each(attacks)("%j rendered whole", (attack) => {
    expect(violations(renderBlocks(attack).join(""))).toEqual([]);
    expect(violations(renderBlocks(`> - ${attack}\n\n${attack}`).join(""))).toEqual([]);
  });

  test.each(attacks)("%j cut in two at every place", (attack) => {
    for (let cut = 0; cut <= attack.length; cut++) {
      const answer = new GrowingMarkdown();
      for (const chunk of [attack.slice(0, cut), attack.slice(cut), "\n\nend\n"]) {
        answer.append(chunk);
        answer.settle();
        expect(violations(answer.closed.join("") + answer.tailHtml())).toEqual([]);
      }
    }
  });
});

describe("what is refused stays readable", () => {
  test.each([
    ["[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"],
    ["<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"],
    ["<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>"],
    ["[a](/conversations/1/delete)", "<p>a</p>"],
    ["[a](//evil.example)", "<p>a</p>"],
    ["[a](#part)", "<p>a</p>"],
    ["[a][b]\n\n[b]: ./c.md", "<p>a</p>"],
    ["![plan](./plan.png)", "<p>plan</p>"],
  ])("%j", (source, html) => {
    expect(renderBlocks(source)).toEqual([html]);
  });
});
