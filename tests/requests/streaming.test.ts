import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { answersOf, chunksOf, dom, element, found, readUntil } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

const SCRIPTED = { Cookie: "parley-script=1" };
const page = (path: string, headers?: HeadersInit) => parley.page(path, headers);

/** Every kind of block, in chunks that cut words, marks and fences. */
const ANSWER = `# Tides

The *moon* pulls; see [the page](https://example.org) and **this**.

- one
- two
  - deeper

| a | b |
|---|---:|
| 1 | 2 |

\`\`\`ts
const tide = moon(now) < 3;
\`\`\`

> quoted

Last words.`;
const CHUNKS = ANSWER.match(/[\s\S]{1,5}/g) ?? [];

describe("a document that streams", () => {
  test("comes at once with the composer and Stop, then the text, then actions", async () => {
    parley.ollama.next({ chunks: ["Some ", "words"], holdAfter: 1 });
    const path = await parley.start("Tell me");
    let text = "";
    let released = false;
    for await (const chunk of chunksOf(await parley.fetch(path))) {
      text += chunk;
      if (!released && text.includes("Some ")) {
        expect(text).toMatch(
          /action="[^"]*\/stop\?[^"]*".*class="message person .*<div class="open-block"/s,
        );
        expect(text).toMatch(/class="composer-place .*class="message person /s);
        expect(text).not.toContain('class="ended"');
        expect(text).not.toContain("</html>");
        released = true;
        parley.ollama.release();
      }
    }
    expect(released).toBe(true);
    expect(text).toMatch(/<div class="closed-block"[^>]*><p>Some words<\/p>/);
    expect(text).toMatch(/\/regenerate".*class="ended".*<\/html>/s);
  });

  test("is the same HTML for the answer as the page after a reload", async () => {
    parley.ollama.next({ chunks: CHUNKS });
    const path = await parley.start("Everything");
    const streamed = answersOf(await page(path)).at(-1);
    const reloaded = answersOf(await page(path)).at(-1);
    expect(reloaded).toContain("<table>");
    expect(reloaded).toContain("hljs-keyword");
    expect(streamed).toBe(reloaded);
  });

  test("is replaced by the last render where that came out different", async () => {
    parley.ollama.next({
      chunks: ["See [there].\n\n", "More.\n\n", "[there]: https://example.org\n"],
    });
    const path = await parley.start("Late reference");
    const streamed = answersOf(await page(path)).at(-1);
    const reloaded = answersOf(await page(path)).at(-1);
    expect(reloaded).toContain('href="https://example.org"');
    expect(streamed).toBe(reloaded);
  });

  test.each([
    ["space", [" ", " One"], "One"],
    ["empty lines", ["\n", " \n  One"], "One"],
    ["nothing but space", [" ", "\n\n"], undefined],
    ["the indent of code", ["\n ", "     one\n      two"], "      one\n      two"],
  ])(
    "begins an open block as the end does, where the answer begins with %s",
    async (_, chunks, block) => {
      parley.ollama.next({ chunks: [...chunks, " and on"], holdAfter: chunks.length });
      const path = await parley.start("Count");
      await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
      const begun = await parley.fetch(path);
      const enough = (text: string) => text.includes(block ?? 'class="status"');
      const html = await readUntil(begun, enough);
      expect(dom(html).querySelector(".open-block")?.text).toBe(block);
      parley.ollama.release();
    },
  );

  test("shows the thinking open while it grows, then folded", async () => {
    parley.ollama.next({ thinking: ["Let me ", "see."], chunks: ["Seen."] });
    const html = await page(await parley.start("Think", "qwen3:8b"));
    expect(html).toMatch(/<details class="thinking" open>.*Let me see\./s);
    expect(html).toMatch(/<\/details><details class="thinking"><summary>.*Let me see\..*Seen\./s);
  });

  test("gives a text browser closed blocks only", async () => {
    parley.ollama.next({ chunks: CHUNKS });
    const path = await parley.start("Lynx");
    const response = await fetch(parley.url + path);
    const html = await response.text();
    expect(html).not.toContain('class="open-block"');
    expect(answersOf(html).at(-1)).toBe(answersOf(await page(path)).at(-1));
  });

  test("that is left stops nothing, and the next reader gets all so far at once", async () => {
    parley.ollama.next({ chunks: ["First.\n\n", "Second.\n\n", "Third."], holdAfter: 2 });
    const path = await parley.start("Tell me");
    await readUntil(await parley.fetch(path), (text) => text.includes("Second."));
    const second = await parley.fetch(path);
    const soFar = await readUntil(second, (text) => text.includes("Second."));
    expect(soFar).toContain("First.");
    expect(parley.ollama.active()).toBe(1);
    parley.ollama.release();
    await vi.waitFor(async () => expect(await page(path)).toContain("Third."));
  });

  test("two readers at different places end with the same answer", async () => {
    parley.ollama.next({ chunks: CHUNKS, holdAfter: 30 });
    const path = await parley.start("Tell me");
    const early = page(path);
    await readUntil(await parley.fetch(path), (text) => text.includes("moon"));
    await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
    const late = page(path);
    await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
    parley.ollama.release();
    expect(answersOf(await late).at(-1)).toBe(answersOf(await early).at(-1));
  });
});

describe("with script", () => {
  test("the document ends at once and carries the event stream", async () => {
    parley.ollama.next({ chunks: ["Some words."], holdAfter: 1 });
    const path = await parley.start("Tell me");
    await readUntil(await parley.fetch(path), (text) => text.includes("Some words."));
    const html = await page(path, SCRIPTED);
    expect(html).toContain("</html>");
    expect(html).toContain("Some words.");
    expect(html).toContain(`hx-sse:connect="${path}/events?after=`);
    expect(html).toContain('hx-sse:close="done"');
  });

  test("a browser whose cookie is wrong is led back to the document that streams", async () => {
    parley.ollama.next({ chunks: ["Some words."], holdAfter: 1 });
    const path = await parley.start("Tell me");
    const html = await page(path, SCRIPTED);
    const refresh = found(
      element(html, "noscript meta[http-equiv=refresh]").getAttribute("content") ?? "",
      /^0; url=(.+)$/,
    );
    const response = await parley.fetch(refresh, { headers: SCRIPTED });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(path);
    expect(response.headers.get("set-cookie")).toMatch(/parley-script=;.*Max-Age=0/i);
  });
});

describe("the event stream", () => {
  test("gives the whole answer as HTML, each event with an id, and ends with done", async () => {
    parley.ollama.next({ chunks: CHUNKS, holdAfter: 20 });
    const path = await parley.start("Tell me");
    const reading = page(`${path}/events`);
    await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
    parley.ollama.release();
    const events = parse(await reading);
    expect(events.at(-1)).toMatchObject({ event: "done" });
    const unnamed = events.filter(({ event }) => event === undefined);
    expect(unnamed.every(({ id }) => id)).toBe(true);
    expect(closedBlocks(unnamed)).toBe(answersOf(await page(path)).at(-1));
  });

  test("ends with done at once when nothing is live", async () => {
    const path = await parley.start("Tell me");
    await page(path);
    expect(parse(await page(`${path}/events`))).toEqual([{ event: "done", data: "" }]);
  });

  test("resumes from Last-Event-ID without repeating closed blocks", async () => {
    parley.ollama.next({ chunks: ["One.\n\n", "Two.\n\n", "Three.\n\n", "Four."], holdAfter: 2 });
    const path = await parley.start("Tell me");
    const first = await readUntil(await parley.fetch(`${path}/events`), (text) =>
      text.includes("Two."),
    );
    const id = parse(first).findLast((event) => event.id)?.id ?? "";
    const rest = parley.fetch(`${path}/events`, { headers: { "Last-Event-ID": id } });
    parley.ollama.release();
    const events = parse(await (await rest).text());
    const resumed = closedBlocks(events);
    expect(closedBlocks(parse(first)) + resumed).toBe(answersOf(await page(path)).at(-1));
    expect(resumed).not.toContain("One.");
  });

  test("of another generation tells an old page to ask for itself", async () => {
    parley.ollama.next({ chunks: ["One."], holdAfter: 1 });
    const path = await parley.start("Tell me");
    const stale = "000000000000.3.0";
    expect(parse(await page(`${path}/events?after=${stale}`))).toEqual([
      { event: "done", data: "" },
    ]);
  });

  test("takes an id that nobody gave out for none", async () => {
    parley.ollama.next({ chunks: ["One.\n\n", "Two."], holdAfter: 1 });
    const path = await parley.start("Tell me");
    const reading = parley.fetch(`${path}/events`, {
      headers: { "Last-Event-ID": "x".repeat(500) },
    });
    await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
    parley.ollama.release();
    expect(closedBlocks(parse(await (await reading).text()))).toContain("One.");
  });

  test("shows the true state before the first word", async () => {
    parley.ollama.next({ loadMs: 1_500, thinking: ["Hm"], chunks: ["Words"], everyMs: 100 });
    const path = await parley.start("Tell me", "qwen3:8b");
    const text = await page(`${path}/events`);
    const at = ["Waiting for qwen3:8b", "Loading qwen3:8b", "Thinking", "Words"].map((word) =>
      text.indexOf(word),
    );
    expect(at.every((place) => place >= 0)).toBe(true);
    expect([...at].sort((a, b) => a - b)).toEqual(at);
  });

  test("sends no more than a few times the answer", async () => {
    const words = Array.from({ length: 4_000 }, (_, n) => (n % 60 === 59 ? "word.\n\n" : "word "));
    parley.ollama.next({ chunks: words, everyMs: 0 });
    const path = await parley.start("Much");
    const sent = await page(`${path}/events`);
    const answer = answersOf(await page(path)).at(-1) ?? "";
    expect(sent.length).toBeLessThan(3 * answer.length);
  });
});

test("markup in an answer never comes alive, wherever the stream cuts it", async () => {
  const evil = `<script>alert(1)</script> <img src=x onerror=alert(1)> <b hx-get="/x">
[a](javascript:alert(1)) ![p](https://spy.example/p.png) <hx-partial hx-target="body">x</hx-partial>

\`\`\`"><script>
</code></pre><script>alert(1)</script>
\`\`\``;
  for (const size of [1, 2, 3, 7]) {
    parley.ollama.next({ chunks: evil.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [] });
    const path = await parley.start("<script>alert(0)</script>");
    const events = await page(`${path}/events`);
    const html = await page(path);
    const body = html.slice(html.indexOf("<main"));
    for (const text of [
      events.replaceAll(/<\/?hx-partial( hx-target="[#.][\w>:-]+" hx-swap="\w+")?>/g, ""),
      body,
    ]) {
      expect(text).not.toMatch(
        /<script|<img|<b |javascript:alert\(1\)"|onerror=alert\(1\)>|<hx-partial/,
      );
      expect(text).not.toMatch(/<[^>]*\shx-get=/);
      expect(text).not.toMatch(/src="https:/);
    }
    expect(html).not.toContain("<title><script>");
  }
});

interface ParsedEvent {
  id?: string;
  event?: string;
  data: string;
}

function parse(stream: string): ParsedEvent[] {
  return stream
    .split("\n\n")
    .filter((block) => block.trim() !== "" && !block.startsWith(":"))
    .map((block) => {
      const lines = block.split("\n").map((line) => line.split(/: ?(.*)/s));
      const value = (name: string) =>
        lines.filter(([key]) => key === name).map(([, text]) => text ?? "");
      const [id] = value("id");
      const [event] = value("event");
      return { ...(id ? { id } : {}), ...(event ? { event } : {}), data: value("data").join("\n") };
    });
}

/** The closed blocks that events bring, or the last render where that replaced them. */
function closedBlocks(events: ParsedEvent[]): string {
  const partials = events.flatMap(({ data }) => [
    ...data.matchAll(
      /<hx-partial hx-target="#(tail|answer)-[^"]*" hx-swap="(\w+)">(.*?)<\/hx-partial>/gs,
    ),
  ]);
  let html = "";
  for (const [, place, swap, inner] of partials) {
    if (place === "answer") html = inner ?? "";
    else if (swap === "beforebegin") html += inner;
  }
  return html;
}
