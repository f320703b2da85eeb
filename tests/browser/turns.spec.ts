import { expect, test } from "./fixtures";
import {
  ask,
  chunks,
  composer,
  ended,
  openHome,
  reads,
  reload,
  send,
  sendButton,
  shownHtml,
  stopButton,
  watchItGrow,
  words,
} from "./page";

const TURNS = [
  "### First\n\nThe *moon* pulls, and **twice a day** the water comes.\n\n- one\n- two\n  - deeper\n\nThat is all.",
  "A table:\n\n| day | height |\n|---|---:|\n| one | 4 m |\n\n> and a quotation\n\nwith `code` beside it.",
  "Last words, which come slowly, a few at a time, until there are enough of them to be an answer.",
];

test("three turns: each answer is seen growing and ends formatted", async ({ page, ollama }) => {
  for (const [index, text] of TURNS.entries()) {
    const all = chunks(text);
    ollama.next({ chunks: all, everyMs: 30, holdAfter: Math.floor(all.length / 2) });
    await ask(page, `Question ${index + 1}`);
    await expect(stopButton(page)).toBeVisible();
    const looks = await watchItGrow(page, async () => {
      // Held half way, so that even the slowest machine sees the answer unfinished.
      if (ollama.held() > 0 && (await words(page)).length > 5) ollama.release();
      return sendButton(page).isVisible();
    });
    expect(looks.length).toBeGreaterThan(1);
    await ended(page);
  }
  await expect(page.getByRole("heading", { name: "First" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /^deeper$/ })).toBeVisible();
  await expect(page.locator(".answer strong:visible")).toHaveText("twice a day");
  await expect(page.getByRole("table")).toBeVisible();
  await expect(page.locator(".answer code:visible")).toHaveText("code");
  const asked = ollama.chats().at(-1)?.body as { messages: { role: string; content: string }[] };
  expect(asked.messages.map(({ role }) => role).join(" ")).toBe(
    "user assistant user assistant user",
  );
});

test("Stop stands where Send stood, and Send comes back", async ({ page, ollama }) => {
  ollama.next({ chunks: ["One."] });
  await ask(page, "First");
  await ended(page);
  const before = await sendButton(page).boundingBox();
  ollama.next({ chunks: ["Two", " and more"], holdAfter: 1 });
  await ask(page, "Second");
  await reads(page, "Two");
  await expect(sendButton(page)).toBeHidden();
  const during = await stopButton(page).boundingBox();
  expect(during?.y).toBeCloseTo(before?.y ?? 0, -1);
  expect((during?.x ?? 0) + (during?.width ?? 0)).toBeCloseTo(
    (before?.x ?? 0) + (before?.width ?? 0),
    -1,
  );
  ollama.release();
  await ended(page);
  expect((await sendButton(page).boundingBox())?.y).toBeCloseTo(before?.y ?? 0, -1);
});

test("the same words sent twice on purpose are two prompts", async ({ page, ollama }) => {
  ollama.always({ chunks: ["Yes."] });
  await openHome(page);
  for (const times of [1, 2, 3]) {
    await send(page, "Go on");
    await expect(page.locator(".turn-text")).toHaveText(Array(times).fill("Go on"));
    await ended(page);
  }
});

test("a double click sends one prompt", async ({ page, ollama }) => {
  ollama.always({ chunks: ["Once."], promptMs: 200 });
  await openHome(page);
  for (const prompt of ["First", "Second"]) {
    await composer(page).fill(prompt);
    await sendButton(page).dblclick();
    await expect(page.locator(".person").last()).toContainText(prompt);
    await reads(page, "Once.");
    await ended(page);
  }
  expect(ollama.chats().length).toBe(2);
  await expect(page.locator(".person")).toHaveCount(2);
});

const EVERYTHING = `# Tides

The *moon* pulls; see [the page](https://example.org/tides) and **this**, ~~not~~ that.

1. one
2. two

   loose

- [x] done
- [ ] open

| a | b |
|:--|--:|
| 1 | \`2\` |

\`\`\`ts
const tide = moon(now) < 3;
\`\`\`

$$
x = \\frac{-b}{2a}
$$

> quoted
>
> twice

See [there].

[there]: https://example.org/there
`;

test("the answer at the end is the same as after a reload", async ({ page, ollama }) => {
  ollama.next({ chunks: chunks(EVERYTHING, 5), everyMs: 10 });
  await ask(page, "Everything");
  await ended(page);
  const live = await shownHtml(page);
  expect(live).toContain("<table>");
  expect(live).toContain("hljs-keyword");
  expect(live).toContain("<math");
  expect(live).toContain('href="https://example.org/there"');
  await reload(page);
  await ended(page);
  expect(await shownHtml(page)).toBe(live);
});
