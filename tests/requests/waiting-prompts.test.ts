import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { QUEUED_PROMPTS } from "../../app/limits";
import {
  actionIn,
  attributeIn,
  attributesIn,
  leadingTextsOf,
  readUntil,
  textsOf,
} from "../support/page";
import { startParley, type TestParley } from "../support/parley";

const SCRIPTED = { Cookie: "parley-script=1" };
const MODEL = "gemma3:4b";
const UNKNOWN = "01990000-0000-7000-8000-000000000000";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

/** A conversation whose answer is being written, held behind its first chunk. */
async function live(): Promise<string> {
  parley.ollama.next({ chunks: ["One", " more."], holdAfter: 1 });
  const path = await parley.start("First");
  await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
  return path;
}

const send = (path: string, prompt: string) =>
  parley.post(`${path}/messages`, { prompt, model: MODEL });

/** The page as it is now, whole. */
const look = (path: string) => parley.page(path, SCRIPTED);

/** The texts that wait, in order. */
async function waiting(path: string): Promise<string[]> {
  return leadingTextsOf(await look(path), ".waiting-text");
}

/** What the person has said, in order. */
async function said(path: string): Promise<string[]> {
  return textsOf(await look(path), ".turn-text");
}

/** Waits until nothing is being written. */
const quiet = (path: string) =>
  vi.waitFor(async () => expect(await look(path)).not.toContain("hx-sse"), 5_000);

/** The form of the waiting prompt with this place in the order, from 0. */
async function form(path: string, verb: "withdraw" | "edit" | "send", place = 0): Promise<string> {
  const pattern = new RegExp(`^.*/waiting-prompts/.*/${verb}.*$`);
  const html = await look(path);
  const all = ["href", "formaction"].flatMap((name) => attributesIn(html, name, pattern));
  return all[place] ?? "";
}

async function stop(path: string): Promise<Response> {
  return parley.post(actionIn(await look(path), "stop", "any query"), {});
}

describe("prompts sent while an answer is being written", () => {
  test("wait in order, and become turns one after the other", async () => {
    const path = await live();
    for (const prompt of ["Second", "Third"]) expect((await send(path, prompt)).status).toBe(303);
    expect(await waiting(path)).toEqual(["Second", "Third"]);
    expect(await said(path)).toEqual(["First"]);
    parley.ollama.next({ chunks: ["Two."] });
    parley.ollama.next({ chunks: ["Three."] });
    parley.ollama.release();
    await quiet(path);
    expect(await said(path)).toEqual(["First", "Second", "Third"]);
    expect(await waiting(path)).toEqual([]);
    expect(await look(path)).toMatch(/One more\..*Two\..*Three\./s);
  });

  test("all survive where they come at the same moment, to a quiet conversation too", async () => {
    const path = await parley.start("First");
    await parley.page(path);
    const prompts = ["a", "b", "c", "d", "e", "f"].map((name) => `Prompt ${name}`);
    const sent = await Promise.all(prompts.map((prompt) => send(path, prompt)));
    expect(sent.map(({ status }) => status)).toEqual(prompts.map(() => 303));
    await vi.waitFor(async () => expect(await said(path)).toHaveLength(7), 5_000);
    await quiet(path);
    expect((await said(path)).sort()).toEqual(["First", ...prompts]);
  });

  test("are refused like any prompt, with the text in the box and the answer going on", async () => {
    const path = await live();
    const response = await send(path, " ");
    expect(response.status).toBe(422);
    const html = await readUntil(response, (text) => text.includes("One"));
    expect(html).toContain("The prompt is empty.");
    await stop(path);
  });

  test("may be as many as the limit, and the next one comes back", async () => {
    const path = await live();
    for (let number = 1; number <= QUEUED_PROMPTS; number++) {
      expect((await send(path, `Number ${number}`)).status).toBe(303);
    }
    const response = await parley.fetch(`${path}/messages`, {
      method: "POST",
      body: new URLSearchParams({ prompt: "One too many", model: MODEL }),
      headers: SCRIPTED,
    });
    expect(response.status).toBe(409);
    const html = await response.text();
    expect(html).toContain(`${QUEUED_PROMPTS} prompts are waiting here already`);
    expect(html).toContain("One too many</textarea>");
    await stop(path);
    expect(await waiting(path)).toHaveLength(QUEUED_PROMPTS);
  });
});

describe("a waiting prompt", () => {
  test("is withdrawn, and its text comes back into the box with what was typed there", async () => {
    const path = await live();
    await send(path, "Second");
    await send(path, "Third");
    const response = await parley.post(await form(path, "withdraw"), { prompt: "Half a th" });
    expect(response.status).toBe(303);
    const back = response.headers.get("location") ?? "";
    expect(await look(back)).toContain("Second\n\nHalf a th</textarea>");
    expect(await look(back), "loaded again").toContain("Second\n\nHalf a th</textarea>");
    expect(await waiting(path)).toEqual(["Third"]);
    await stop(path);
  });

  test("is edited in its place", async () => {
    const path = await live();
    await send(path, "Second");
    await send(path, "Third");
    const address = await form(path, "edit");
    const page = await look(address);
    expect(page).toContain("Second</textarea>");
    const save = attributeIn(page, "action", /^.*\/edit\?in=.*$/);
    const empty = await parley.post(save, { prompt: "  ", model: MODEL });
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain("The prompt is empty.");
    const saved = await parley.post(save, { prompt: "Second, in other words", model: MODEL });
    expect(saved.status).toBe(303);
    expect(saved.headers.get("location")).toBe(path);
    expect(await waiting(path)).toEqual(["Second, in other words", "Third"]);
    parley.ollama.release();
    await vi.waitFor(async () => expect(await said(path)).toHaveLength(3), 5_000);
    expect(await said(path)).toEqual(["First", "Second, in other words", "Third"]);
  });

  test("that was sent meanwhile gives the words of its edit back to the conversation", async () => {
    const path = await live();
    await send(path, "Second");
    const save = attributeIn(await look(await form(path, "edit")), "action", /^.*\/edit\?in=.*$/);
    parley.ollama.release();
    await vi.waitFor(async () => expect(await said(path)).toHaveLength(2), 5_000);
    await quiet(path);
    const response = await parley.post(save, { prompt: "My new words", model: MODEL }, SCRIPTED);
    expect(response.status).toBe(409);
    const html = await response.text();
    expect(html).toContain("This prompt waits no longer");
    expect(html).toContain("My new words</textarea>");
    expect(html).toContain("/messages?at=");
  });

  test("that nobody knows is one and the same 404, whatever is done with it", async () => {
    const path = await live();
    const id = path.split("/").at(-1);
    for (const address of [UNKNOWN, "%00", "x".repeat(500)].map(
      (text) => `/waiting-prompts/${text}`,
    )) {
      for (const verb of ["withdraw", "send", "edit", `edit?in=${UNKNOWN}`]) {
        const response = await parley.post(`${address}/${verb}`, { prompt: "x", model: MODEL });
        expect(response.status, `${address}/${verb}`).toBe(404);
        expect(await response.text()).toContain("There is no such waiting prompt.");
      }
      expect((await parley.fetch(`${address}/edit`)).status).toBe(404);
      expect((await parley.fetch(`${address}/withdraw`)).status).toBe(405);
    }
    const elsewhere = await parley.post(
      `/waiting-prompts/${UNKNOWN}/edit?in=${id}`,
      { prompt: "Kept", model: MODEL },
      SCRIPTED,
    );
    expect(elsewhere.status, "words with a place to go are not lost").toBe(409);
    await stop(path);
  });
});

describe("waiting prompts hold", () => {
  test("when the answer is stopped, until one is sent; then the others follow", async () => {
    const path = await live();
    await send(path, "Second");
    await send(path, "Third");
    await stop(path);
    expect(await look(path)).toContain("The answer was stopped, so what was to follow waits");
    expect(await waiting(path)).toEqual(["Second", "Third"]);
    const response = await parley.post(await form(path, "send", 1), {});
    expect(response.status).toBe(303);
    await vi.waitFor(async () => expect(await said(path)).toHaveLength(3), 5_000);
    await quiet(path);
    expect(await said(path)).toEqual(["First", "Third", "Second"]);
  });

  test("when the answer fails", async () => {
    parley.ollama.next({ chunks: ["Half"], end: "eof", holdAfter: 1 });
    const path = await parley.start("First");
    await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
    await send(path, "Second");
    parley.ollama.release();
    await quiet(path);
    expect(await look(path)).toContain("The answer failed, so what was to follow waits");
    expect(await waiting(path)).toEqual(["Second"]);
  });

  test("and a new prompt joins them: the first is asked, the others follow", async () => {
    const path = await live();
    await send(path, "Second");
    await stop(path);
    expect((await send(path, "Third")).status).toBe(303);
    await vi.waitFor(async () => expect(await said(path)).toHaveLength(3), 5_000);
    expect(await said(path)).toEqual(["First", "Second", "Third"]);
  });

  test("when Parley ends while it writes; what is asked next goes on with them", async () => {
    const path = await live();
    await send(path, "Second");
    await parley.restart();
    expect(await look(path)).toContain("The answer was interrupted, so what was to follow waits");
    expect(await waiting(path)).toEqual(["Second"]);
    await parley.post(actionIn(await look(path), "continue"), {});
    await vi.waitFor(async () => expect(await said(path)).toEqual(["First", "Second"]), 5_000);
  });

  test("while a deleted conversation can be taken back, and none is lost", async () => {
    const path = await live();
    await send(path, "Second");
    await parley.post(`${path}/delete`, {});
    parley.ollama.release();
    await parley.post(`${path}/restore`, {});
    expect(await waiting(path)).toEqual(["Second"]);
  });
});

describe("a document that streams", () => {
  test("goes on with the prompt that waited, and with the one behind it", async () => {
    const path = await live();
    await send(path, "Second");
    await send(path, "Third");
    parley.ollama.next({ chunks: ["Two."] });
    parley.ollama.next({ chunks: ["Three."] });
    const reading = parley.page(path);
    await Bun.sleep(50);
    parley.ollama.release();
    const html = await reading;
    expect(html).toMatch(/First.*One more\..*Second.*Two\..*Third.*Three\..*class="ended"/s);
    expect(html.match(/<article/g)).toHaveLength(6);
    expect(html.match(/<\/article>/g)).toHaveLength(6);
    expect(html).not.toMatch(/<live-answer>|<next-turn>/);
    // Each answer brings the list anew, and the last one is empty.
    const lists = html.split(/class="waiting[" ]/).slice(1);
    expect(lists.map((list) => list.split("waiting-text").length - 1)).toEqual([2, 1, 0, 0]);
  });

  test("ends with what holds, where its answer is stopped", async () => {
    const path = await live();
    await send(path, "Second");
    const reading = parley.page(path);
    await Bun.sleep(50);
    const stopped = await parley.post(`${path}/stop`, { prompt: "Typed meanwhile" });
    expect(await look(stopped.headers.get("location") ?? "")).toContain(
      "Typed meanwhile</textarea>",
    );
    const html = await reading;
    expect(html).toContain("The answer was stopped, so what was to follow waits");
    expect(html).toMatch(/\/waiting-prompts\/[^"]*\/send\?at=/);
  });
});

test("a page with script hears of the end when the next answer is there already", async () => {
  const path = await live();
  await send(path, "Second");
  const page = await look(path);
  const connect = attributeIn(page, "hx-sse:connect");
  parley.ollama.next({ chunks: ["Two", " held."], holdAfter: 1 });
  const events = parley.page(connect);
  parley.ollama.release();
  expect(await events).toContain("event: done");
  const next = await look(path);
  expect(next).toContain("Second");
  expect(next).toContain("hx-sse:connect");
  expect(await parley.page(connect), "a reader who comes late").toBe("event: done\ndata: \n\n");
  await stop(path);
});
