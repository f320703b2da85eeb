import { afterAll, beforeAll, expect, test } from "vitest";
import { PAGE_BYTES } from "../../app/limits";
import { addLongConversation, said } from "../support/long-conversation";
import { dom, messageIds } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

const LENGTH = 2_400;

let parley: TestParley;
let long: ReturnType<typeof addLongConversation>;

beforeAll(async () => {
  parley = await startParley();
  long = addLongConversation(parley.folder, LENGTH);
});
afterAll(() => parley[Symbol.asyncDispose]());

/** The numbers of the messages on a page. */
const numbersOn = (html: string): number[] => messageIds(html).map((id) => long.ids.indexOf(id));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
const link = (html: string, name: string) =>
  dom(html)
    .querySelectorAll("a[href]")
    .find(({ text }) => text === name)
    ?.getAttribute("href") ?? "";

test("opens with its newest messages and the composer", async () => {
  const html = await parley.page(long.path);
  expect(numbersOn(html)).toEqual(range(LENGTH - 40, LENGTH));
  expect(html).toContain(said(LENGTH - 1));
  expect(html).toContain('id="composer"');
  expect(html).not.toContain("Later messages");
});

test("goes back page by page to its first message, and forward again", async () => {
  let html = await parley.page(long.path);
  let end = LENGTH - 40;
  while (html.includes("Earlier messages")) {
    html = await parley.page(link(html, "Earlier messages"));
    expect(numbersOn(html)).toEqual(range(Math.max(0, end - 40), end));
    expect(html).not.toContain('id="composer"');
    end -= 40;
  }
  expect(end).toBe(0);
  const forward = await parley.page(link(html, "Later messages"));
  expect(numbersOn(forward)).toEqual(range(40, 80));
  expect(numbersOn(await parley.page(link(html, "To the end")))).toEqual(
    range(LENGTH - 40, LENGTH),
  );
});

test("shows as many of its newest messages as have so much text together", async () => {
  const texts = ["First.", "a".repeat(1_000), "p".repeat(PAGE_BYTES - 1_000)];
  const shown = async (...more: string[]) => {
    const all = [...texts.slice(0, -1), `${texts.at(-1)}${more.join("")}`];
    const { path, ids } = addLongConversation(parley.folder, all.length, (n) => all[n] ?? "");
    const html = await parley.page(path);
    return ids.map((id) => html.includes(`id="m-${id}"`));
  };
  expect(await shown()).toEqual([false, true, true]);
  expect(await shown("x")).toEqual([false, false, true]);
  // One message is always shown whole.
  expect(await shown("x".repeat(2_000))).toEqual([false, false, true]);
});

test("opens at a message, with what stands around it", async () => {
  for (const [at, from, to] of [
    [1_000, 990, 1_030],
    [0, 0, 30],
    [LENGTH - 1, LENGTH - 40, LENGTH],
    [LENGTH - 5, LENGTH - 40, LENGTH],
  ] as const) {
    const html = await parley.page(`${long.path}?at=${long.ids[at]}`);
    expect(numbersOn(html), `at ${at}`).toEqual(range(from, to));
  }
});

test("shows all from a message on to the page that asks for itself", async () => {
  const html = await parley.page(`${long.path}?from=${long.ids[LENGTH - 100]}`);
  expect(numbersOn(html)).toEqual(range(LENGTH - 100, LENGTH));
});

test("a message of another conversation, or of none, is the same 404", async () => {
  const other = await parley.start("Hi");
  for (const name of ["at", "before", "after", "end", "from"]) {
    const foreign = await parley.fetch(`${other}?${name}=${long.ids[7]}`);
    expect(foreign.status).toBe(404);
    const none = await parley.fetch(`${long.path}?${name}=nothing`);
    expect(none.status).toBe(404);
    for (const response of [foreign, none]) {
      expect(await response.text()).toContain("There is no such message.");
    }
  }
});

test("a branch near its beginning is left and come back to", async () => {
  const edited = await parley.post(`/messages/${long.ids[2]}/edit`, {
    prompt: "Another way",
    model: "gemma3:4b",
    leaf: long.ids.at(-1) ?? "",
  });
  expect(edited.status).toBe(303);
  const html = await parley.page(long.path);
  expect(html).toContain("Another way");
  const form = dom(html)
    .querySelectorAll('form[action$="/choose"]')
    .find(({ outerHTML }) => outerHTML.includes("Previous alternative"));
  const field = (name: string) =>
    form?.querySelector(`[name="${name}"]`)?.getAttribute("value") ?? "";
  const back = await parley.post(form?.getAttribute("action") ?? "", {
    from: field("from"),
    leaf: field("leaf"),
  });
  expect(back.headers.get("location")).toBe(`${long.path}?at=${long.ids[2]}#m-${long.ids[2]}`);
  expect(numbersOn(await parley.page(long.path))).toEqual(range(LENGTH - 40, LENGTH));
});

test("is deleted from a message on, however many follow", async () => {
  const gone = await parley.post(`/messages/${long.ids[10]}/delete`, {
    count: String(LENGTH - 10),
  });
  expect(gone.status).toBe(303);
  expect(numbersOn(await parley.page(long.path))).toEqual(range(0, 10));
});
