import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { actionIn, attributeIn, attributesIn, dom, messageIds } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

const SCRIPTED = { Cookie: "parley-script=1" };
const HELD = { chunks: ["Heads", " or tails."], holdAfter: 1 };
const OTHER = "1 other answer is being written.";

const look = (path: string): Promise<string> => parley.page(path, SCRIPTED);

/** What the head of a page says and offers of answers elsewhere. */
function headOf(html: string): string {
  return dom(html).querySelector("section.others")?.outerHTML ?? "";
}
const shows = (head: string): string[] => attributesIn(head, "href", /^[^?]*\?end=.*$/);
const stops = (head: string): string[] => attributesIn(head, "action", /^.*\/stop.*$/);

/** A conversation with an answer of each of these models being written, the last one on the page. */
async function sideBySide(...models: string[]): Promise<{ path: string; answers: string[] }> {
  parley.ollama.always(HELD);
  const path = await parley.start("Flip a coin", models[0]);
  const [prompt = ""] = messageIds(await look(path));
  for (const model of models.slice(1)) {
    await parley.post(`/messages/${prompt}/regenerate`, { model });
  }
  await expect.poll(() => parley.ollama.held()).toBe(models.length);
  const view = JSON.parse(await parley.page(`${path}.json`)) as {
    messages: { id: string; role: string }[];
  };
  const answers = view.messages.filter(({ role }) => role === "assistant").map(({ id }) => id);
  return { path, answers };
}

describe("an answer that is being written on another branch", () => {
  test("is mentioned at the top of the page, with a link to it", async () => {
    const { path, answers } = await sideBySide("gemma3:4b", "qwen3:8b");
    const page = await look(path);
    expect(headOf(page)).toContain(OTHER);
    expect(messageIds(page).at(-1)).toBe(answers[1]);
    const [show = ""] = shows(headOf(page));
    const other = await look(show);
    expect(messageIds(other).at(-1)).toBe(answers[0]);
    expect(other).toContain("hx-sse:connect");
    // There the first one is the other one.
    expect(shows(headOf(other))).toEqual([`${path}?end=${answers[1]}`]);
    // The page stays on its branch when the answer ends.
    expect(other).toContain(`hx-get="${path}?end=${answers[0]}"`);
  });

  test("can be stopped from there without leaving the page", async () => {
    const { path, answers } = await sideBySide("gemma3:4b", "qwen3:8b");
    const [stop = ""] = stops(headOf(await look(path)));
    const stopped = await parley.post(stop, {}, SCRIPTED);
    expect(stopped.headers.get("location")).toBe(path);
    await expect.poll(() => parley.ollama.held()).toBe(1);
    const after = await look(path);
    expect(headOf(after)).toBe("");
    expect(after).toContain("hx-sse:connect");
    expect(await look(`${path}?end=${answers[0]}`)).toContain("Stopped");
  });

  test("can be stopped from the page of another branch, which comes back with its text", async () => {
    const { path, answers } = await sideBySide("gemma3:4b", "qwen3:8b");
    const page = `${path}?end=${answers[0]}`;
    const [stop = ""] = stops(headOf(await look(page)));
    expect((await parley.post(stop, {}, SCRIPTED)).headers.get("location")).toBe(page);
    // Without script the typed text comes back too.
    const unscripted = await parley.post(stop, { prompt: "Half a thou" });
    const back = unscripted.headers.get("location") ?? "";
    expect(back).toContain(`${page}&kept=`);
    expect(await look(back)).toContain(">Half a thou</textarea>");
    await parley.restart();
    expect(await look(back)).toContain(">Half a thou</textarea>");
  });

  test("leaves the page on its branch when the composer's own Stop is pressed", async () => {
    const { path, answers } = await sideBySide("gemma3:4b", "qwen3:8b");
    const page = `${path}?end=${answers[0]}`;
    // The composer's own Stop also comes back to that page.
    const own = attributeIn(await look(page), "formaction", /^.*\/stop.*$/);
    const stopped = await parley.post(own, {}, SCRIPTED);
    expect(stopped.headers.get("location")).toBe(`${page}#m-${answers[0]}`);
  });

  test("is mentioned without script too, and the end of the document is up to date", async () => {
    const { path } = await sideBySide("gemma3:4b", "qwen3:8b");
    const response = await parley.fetch(path);
    let html = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      html += decoder.decode(chunk, { stream: true });
      if (html.includes("Heads") && !html.includes('class="ended"')) {
        expect(headOf(html)).toContain(OTHER);
        parley.ollama.release();
      }
    }
    // Both have ended, and the empty notice at the end hides the first one.
    await expect.poll(() => parley.ollama.active()).toBe(0);
    expect(headOf(await parley.page(path))).toBe("");
    expect(html.lastIndexOf('class="others')).toBeGreaterThan(html.indexOf('class="foot '));
  });

  test("is counted with others, and all can be stopped at once", async () => {
    const { path } = await sideBySide("gemma3:4b", "qwen3:8b", "gpt-oss:120b-cloud");
    const head = headOf(await look(path));
    expect(head).toContain("2 other answers are being written.");
    expect(shows(head)).toHaveLength(2);
    const all = stops(head).find((action) => !action.includes("at="));
    expect((await parley.post(all ?? "", {}, SCRIPTED)).headers.get("location")).toBe(path);
    await expect.poll(() => parley.ollama.held()).toBe(0);
    expect(headOf(await look(path))).toBe("");
  });

  test("is said to be in the queue while it is", async () => {
    await parley[Symbol.asyncDispose]();
    parley = await startParley({ settings: { parallel: 1 } });
    const { path, answers } = await sideBySide("gemma3:4b");
    const [prompt = ""] = messageIds(await look(path));
    await parley.post(`/messages/${prompt}/regenerate`, { model: "qwen3:8b" });
    const running = await look(`${path}?end=${answers[0]}`);
    expect(headOf(running)).toContain("1 other answer is waiting in the queue.");
  });

  test("is kept up to date on a page with script", async () => {
    const { path } = await sideBySide("gemma3:4b", "qwen3:8b");
    const again = attributeIn(headOf(await look(path)), "hx-get", /^.*\/others.*$/);
    expect(await parley.page(again)).toContain(OTHER);
    const [stop = ""] = stops(headOf(await look(path)));
    await parley.post(stop, {}, SCRIPTED);
    expect(await parley.page(again)).toBe('<div class="others"></div>');
  });

  test("can be followed by a prompt from its own page, which then stays", async () => {
    const { path, answers } = await sideBySide("gemma3:4b", "qwen3:8b");
    const page = `${path}?end=${answers[0]}`;
    const action = actionIn(await look(page), "messages", "a query");
    const sent = await parley.post(action, { prompt: "And now?", model: "gemma3:4b" }, SCRIPTED);
    expect(sent.headers.get("location")).toBe(page);
    expect(await look(page)).toContain("And now?");
  });
});

test("a page that reloads itself with earlier messages stays on its branch", async () => {
  const { path, answers } = await sideBySide("gemma3:4b", "qwen3:8b");
  const [prompt = ""] = messageIds(await look(path));
  for (const answer of answers) {
    const html = await look(`${path}?end=${answer}&from=${prompt}`);
    expect(messageIds(html)).toEqual([prompt, answer]);
  }
  const stranger = (await parley.start("Something else")).split("/").at(-1);
  const [theirs = ""] = messageIds(await look(`/conversations/${stranger}`));
  expect((await parley.fetch(`${path}?end=${theirs}&from=${prompt}`)).status).toBe(404);
});

describe("the list", () => {
  const mark = (html: string, path: string) => {
    const id = path.split("/").at(-1);
    const mark = dom(html).querySelector(`#entry-${id} .mark, #row-${id} .mark`);
    return [...(mark?.classList.values() ?? [])].find((name) => name !== "mark");
  };

  test("marks a conversation while any answer of it is being written", async () => {
    const { path, answers } = await sideBySide("gemma3:4b", "qwen3:8b");
    // The newest one ends, and the older one goes on.
    await parley.post(`${path}/stop?at=${answers[1]}`, {}, SCRIPTED);
    await expect.poll(() => parley.ollama.held()).toBe(1);
    for (const place of ["/", "/conversations", path]) {
      const html = await look(place);
      expect(mark(html, path), place).toBe("writing");
      expect(html, place).toContain('class="auto-refresh"');
    }
    const current = path.split("/").at(-1);
    const column = `/conversations/sidebar?current=${current}&titled=1`;
    expect(await parley.page(column)).toContain('class="auto-refresh"');
    await parley.post(`${path}/stop`, {}, SCRIPTED);
    expect(mark(await look("/"), path)).toBeUndefined();
    expect(await parley.page(column)).not.toContain('class="auto-refresh"');
  });
});

describe("Stop of a conversation", () => {
  test("stops everything that is being written or queued in it", async () => {
    await parley[Symbol.asyncDispose]();
    parley = await startParley({ settings: { parallel: 2 } });
    parley.ollama.always(HELD);
    const path = await parley.start("Flip a coin");
    const [prompt = ""] = messageIds(await look(path));
    for (const model of ["qwen3:8b", "gemma3:4b", "qwen3:8b"]) {
      await parley.post(`/messages/${prompt}/regenerate`, { model });
    }
    await expect.poll(() => parley.ollama.held()).toBe(2);
    await parley.post(`${path}/stop`, {}, SCRIPTED);
    await expect.poll(() => parley.ollama.active()).toBe(0);
    expect(parley.ollama.chats()).toHaveLength(2);
    const { messages } = JSON.parse(await parley.page(`${path}.json`)) as {
      messages: { generations?: { state: string }[] }[];
    };
    const states = messages.flatMap(({ generations = [] }) => generations.map((one) => one.state));
    expect(states).toEqual(["stopped", "stopped", "stopped", "stopped"]);
  });

  test("stops only what is at a message or below it with ?at=", async () => {
    const { path, answers } = await sideBySide("gemma3:4b", "qwen3:8b", "gpt-oss:120b-cloud");
    const [prompt = ""] = messageIds(await look(path));
    await parley.post(`${path}/stop?at=${answers[1]}`, {}, SCRIPTED);
    await expect.poll(() => parley.ollama.held()).toBe(2);
    await parley.post(`${path}/stop?at=${prompt}`, {}, SCRIPTED);
    await expect.poll(() => parley.ollama.held()).toBe(0);
  });
});
