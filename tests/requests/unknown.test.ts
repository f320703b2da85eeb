import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { png } from "../support/files";
import { addressIn, attributeIn } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

const NOBODY = "01990000-0000-7000-8000-000000000000";
const BROWSER = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

/** Ids that are text of any kind, as addresses have them. */
const IDS = [NOBODY, "x", "%00", "%F0%9F%8C%8A", "'%20or%201=1", "..%2F..", "a".repeat(2_000)];

describe("an address that is no page", () => {
  const ADDRESSES: [method: "GET" | "POST", path: (id: string) => string][] = [
    ["GET", (id) => `/conversations/${id}.md`],
    ["GET", (id) => `/conversations/${id}.json`],
    ["GET", (id) => `/files/${id}`],
    ["GET", (id) => `/files/${id}/thumbnail`],
    ["POST", (id) => `/conversations/${id}/pin`],
    ["POST", (id) => `/conversations/${id}/restore`],
    ["POST", (id) => `/messages/${id}/continue`],
    ["POST", (id) => `/messages/${id}/choose`],
    ["POST", (id) => `/generations/${id}/stop`],
    ["POST", (id) => `/waiting-prompts/${id}/withdraw`],
  ];

  test.each(ADDRESSES)(
    "%s %s says to a browser in a page that it is unknown",
    async (how, path) => {
      await parley.start("Why are there tides?");
      for (const id of IDS) {
        const body = how === "POST" ? { body: new URLSearchParams() } : {};
        const response = await parley.fetch(path(id), { method: how, headers: BROWSER, ...body });
        expect(response.status, id).toBe(404);
        expect(response.headers.get("content-type"), id).toBe("text/html; charset=utf-8");
        const html = await response.text();
        expect(html, id).toContain("There is no such");
        // The page around it is the same as elsewhere.
        expect(html, id).toContain("Why are there tides?");
      }
    },
  );

  test("says so in JSON to everybody else", async () => {
    const response = await parley.fetch(`/conversations/${NOBODY}.json`, {
      headers: { Accept: "application/json" },
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "conversation-unknown" });
  });

  test("takes forms only, and a browser is told on a page", async () => {
    const response = await parley.fetch(`/conversations/${NOBODY}/pin`, { headers: BROWSER });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
    expect(await response.text()).toContain("This address takes a form");
  });

  test("of a conversation is a 404 to read and a 405 for a form", async () => {
    for (const name of ["nonsense", "constructor", "pinned"]) {
      const path = `/conversations/${NOBODY}/${name}`;
      expect((await parley.fetch(path, { headers: BROWSER })).status, name).toBe(404);
      const form = { method: "POST", headers: BROWSER, body: new URLSearchParams() };
      expect((await parley.fetch(path, form)).status, name).toBe(405);
    }
  });

  test("the health of the server stays JSON for a browser", async () => {
    const response = await parley.fetch("/healthz", { headers: BROWSER });
    expect(response.headers.get("content-type")).toContain("application/json");
  });
});

/** A conversation with a picture, an answer that is being written and a prompt that waits for it. */
async function richConversation() {
  parley.ollama.next({ chunks: ["A", " tide."], holdAfter: 1 });
  const body = new FormData();
  body.set("prompt", "What is this?");
  body.set("model", "gemma3:4b");
  body.append("files", new File([new Uint8Array(png(40, 30))], "tide.png"));
  const begun = await parley.fetch("/conversations", { method: "POST", body });
  const path = begun.headers.get("location") ?? "";
  await vi.waitFor(() => expect(parley.ollama.held()).toBe(1));
  await parley.post(`${path}/messages`, { prompt: "And then?", model: "gemma3:4b" });
  const html = await parley.page(path, { Cookie: "parley-script=1" });
  return {
    path,
    message: addressIn(html, /^\/messages\/([^/]+)\/edit$/),
    file: attributeIn(html, "href", /^\/files\/[0-9a-f]{64}$/),
    waiting: addressIn(html, /\/waiting-prompts\/([^/]+)\/withdraw/),
    generation: addressIn(html, /\/generations\/([^/]+)\/stop/),
  };
}

test("nothing of a deleted conversation is there any more, until it is taken back", async () => {
  const { path, message, file, waiting, generation } = await richConversation();
  const looks = [
    path,
    `${path}.md`,
    `${path}.json`,
    `${path}/events`,
    `${path}/steering`,
    `${path}/rename`,
    `/messages/${message}/edit`,
    `/messages/${message}/regenerate`,
    `/messages/${message}/delete`,
    file,
    `${file}/thumbnail`,
    `/waiting-prompts/${waiting}/edit`,
  ];
  const acts = [
    `${path}/messages`,
    `${path}/steering`,
    `${path}/rename`,
    `${path}/pin`,
    `${path}/archive`,
    `${path}/stop`,
    `${path}/delete`,
    `/messages/${message}/edit`,
    `/messages/${message}/regenerate`,
    `/messages/${message}/choose`,
    `/messages/${message}/delete`,
    `/waiting-prompts/${waiting}/edit`,
    `/waiting-prompts/${waiting}/send`,
    `/waiting-prompts/${waiting}/withdraw`,
    `/generations/${generation}/stop`,
  ];
  await parley.post(`${path}/delete`, {});
  for (const look of looks) expect((await parley.fetch(look)).status, look).toBe(404);
  const fields = { prompt: "Once more", model: "gemma3:4b", title: "Tides", count: "2" };
  for (const act of acts) expect((await parley.post(act, fields)).status, act).toBe(404);
  await parley.post(`${path}/restore`, {});
  for (const look of looks.filter((one) => !one.endsWith("/events"))) {
    const response = await parley.fetch(look);
    expect(response.status, look).toBe(200);
    await response.body?.cancel();
  }
});

test("whatever belongs to a deleted conversation gets the same answer as what never existed", async () => {
  const { path, message, file, waiting, generation } = await richConversation();
  const id = path.split("/").at(-1) ?? "";
  const hash = file.split("/").at(-1) ?? "";
  const nothing = "0".repeat(64);
  // Something else is being written, so that the pages around the errors poll for it.
  parley.ollama.next({ chunks: ["A", " neap."], holdAfter: 1 });
  await parley.start("And neaps?");
  const ADDRESSES: [known: string, address: (id: string) => string][] = [
    [id, (one) => `/conversations/${one}`],
    [id, (one) => `/conversations/${one}.md`],
    [id, (one) => `/conversations/${one}.json`],
    ...["archive", "delete", "events", "messages", "others", "pin", "rename", "steering"].map(
      (verb): [string, (id: string) => string] => [id, (one) => `/conversations/${one}/${verb}`],
    ),
    ...["stop", "unarchive", "unpin"].map((verb): [string, (id: string) => string] => [
      id,
      (one) => `/conversations/${one}/${verb}`,
    ]),
    ...["choose", "continue", "delete", "edit", "regenerate"].map(
      (verb): [string, (id: string) => string] => [message, (one) => `/messages/${one}/${verb}`],
    ),
    [generation, (one) => `/generations/${one}/stop`],
    ...["edit", "send", "withdraw"].map((verb): [string, (id: string) => string] => [
      waiting,
      (one) => `/waiting-prompts/${one}/${verb}`,
    ]),
    [waiting, (one) => `/waiting-prompts/${one}/edit?in=${id}`],
    [hash, (one) => `/files/${one}`],
    [hash, (one) => `/files/${one}/thumbnail`],
  ];
  await parley.post(`${path}/delete`, {});
  const fields = { prompt: "Once more", model: "gemma3:4b", title: "Tides", count: "2" };
  for (const [known, address] of ADDRESSES) {
    const stranger = known === hash ? nothing : NOBODY;
    for (const accept of [BROWSER.Accept, "application/json"]) {
      for (const method of ["GET", "POST"]) {
        const body = method === "POST" ? { body: new URLSearchParams(fields) } : {};
        const answer = async (asked: string) => {
          const headers = { Accept: accept };
          const response = await parley.fetch(address(asked), { method, headers, ...body });
          const text = (await response.text()).replaceAll(asked, "ID").replace(/now":\d+/g, "");
          return { status: response.status, type: response.headers.get("content-type"), text };
        };
        const label = `${method} ${address(known)} as ${accept}`;
        const gone = await answer(known);
        expect(gone, label).toEqual(await answer(stranger));
        if (gone.status !== 405) expect(gone.status, label).toBe(404);
      }
    }
  }
});
