import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dom } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeAll(async () => {
  parley = await startParley();
});
afterAll(async () => parley[Symbol.asyncDispose]());

/** Begins a conversation and waits until its answer is there. */
async function converse(prompt: string, answer: string, model = "gemma3:4b"): Promise<string> {
  parley.ollama.next({ chunks: [answer] });
  const path = await parley.start(prompt, model);
  await parley.page(path);
  return path;
}

const search = (typed: string, more = "") =>
  parley.page(`/conversations?q=${encodeURIComponent(typed)}${more}`);

/** What a page has found, each with its address, the text around the hit and the hits themselves. */
function foundOn(html: string) {
  return dom(html)
    .querySelectorAll("li.found")
    .map((item) => ({
      href: item.querySelector("[href]")?.getAttribute("href") ?? "",
      text: item.innerHTML
        .replace(/<[^>]+>/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
      hits: item.querySelectorAll("mark").map(({ innerHTML }) => innerHTML),
    }));
}

/** The address of the link with these words. */
function linkOn(html: string, words: string): string {
  const link = dom(html)
    .querySelectorAll("a[href]")
    .find(({ text }) => text === words);
  if (!link) throw new Error(`there is no link ${words}`);
  return link.getAttribute("href") ?? "";
}

describe("a search", () => {
  let path: string;
  beforeAll(async () => {
    path = await converse("Tell me of <i>wombats</i>", "A wombat digs; *wombats* sleep.");
  });

  test("finds titles and messages, marks the hits and leads to the message", async () => {
    const [title, ...messages] = foundOn(await search("wombat"));
    expect(title?.href).toBe(path);
    expect(title?.hits).toEqual(["wombat"]);
    expect(messages.map(({ hits }) => hits)).toEqual([["wombat", "wombat"], ["wombat"]]);
    expect(messages[0]?.text).toContain("gemma3:4b");
    expect(messages[1]?.text).toContain("You");
    expect(messages[1]?.text).toContain("of &lt;i&gt; wombat s&lt;/i&gt;");
    const { href = "" } = messages[0] ?? {};
    expect(href).toMatch(new RegExp(`^${path}\\?at=([0-9a-f-]+)#m-\\1$`));
    expect(await parley.page(href.split("#")[0] ?? "")).toContain(`id="m-${href.split("#m-")[1]}"`);
  });

  test("without words is the list, with both boxes empty", async () => {
    for (const typed of ["", "   "]) {
      const html = await search(typed);
      expect(html).toContain('class="conversation-list"');
      expect(html.match(/<input type="search"[^>]*value=""/g)).toHaveLength(2);
    }
  });

  test("keeps what was typed in the boxes", async () => {
    const html = await search('"say wombat');
    expect(html.match(/<input type="search"[^>]*value="&quot;say wombat"/g)).toHaveLength(2);
    expect(html).toContain("Search · Parley</title>");
  });

  test("that finds nothing says what to try", async () => {
    expect(await search("nosuchanimal")).toContain("Nothing found. Fewer words");
    expect(await search("!?")).toContain("no word in this");
  });

  test("says so where an operator says nothing", async () => {
    const html = await search("wombat is:furry");
    expect(html).toContain("<code>is:furry</code> says nothing to search");
  });

  test("never ends in an error", async () => {
    for (const typed of ['"', "(", "a AND", "*", "NEAR(a b)", "\0", "x".repeat(5_000), "before:"]) {
      const response = await parley.fetch(`/conversations?q=${encodeURIComponent(typed)}`);
      expect(response.status, typed).toBe(200);
    }
    for (const more of ["&before=", "&before=-1", "&before=1e9", "&before=x", "&in=nowhere"]) {
      const response = await parley.fetch(`/conversations?q=wombat${more}`);
      expect(response.status, more).toBe(200);
    }
  });
});

test("results come in pages that meet", async () => {
  for (let n = 0; n < 12; n++) await converse(`quokka ${n}`, `quokka answer ${n}`);
  const first = await search("quokka");
  const messages = foundOn(first).filter(({ href }) => href.includes("?at="));
  expect(messages).toHaveLength(20);
  const more = linkOn(first, "More results");
  const second = await parley.page(more);
  const rest = foundOn(second);
  expect(rest).toHaveLength(4);
  expect(new Set([...messages, ...rest].map(({ href }) => href)).size).toBe(24);
  expect(second).not.toContain('class="older"');
  const titles = linkOn(first, "More titles");
  expect(foundOn(await parley.page(titles))).toHaveLength(12);
});

test("archived conversations are found and say so, deleted ones are not found", async () => {
  const [kept, gone] = [await converse("numbat kept", "yes"), await converse("numbat gone", "no")];
  await parley.post(`${kept}/archive`, {});
  await parley.post(`${gone}/delete`, {});
  const results = foundOn(await search("numbat"));
  expect(results.length).toBe(2);
  for (const { href, text } of results) {
    expect(href).toContain(kept);
    expect(text).toContain("Archived");
  }
});

test("a title that was given by hand is found", async () => {
  const path = await converse("bandicoot", "x");
  await parley.post(`${path}/rename`, { title: "Potoroo" });
  expect(foundOn(await search("potoroo")).map(({ href }) => href)).toEqual([path]);
});
