import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Address, everyAddress, richIds, UNKNOWN } from "../support/every-address";
import { found } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

/** What htmx sends with each of its requests. */
const SCRIPT = { "HX-Request": "true", Accept: "text/html, text/event-stream" };
const BROWSER = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const PROGRAM = { Accept: "application/json" };

let parley: TestParley;
let known: Address[];
let unknown: Address[];

beforeAll(async () => {
  parley = await startParley({ patterns: true });
  known = await everyAddress(await richIds(parley));
  unknown = await everyAddress(UNKNOWN);
});
afterAll(() => parley[Symbol.asyncDispose]());

/** The head of an answer: its body may have no end. */
async function head(path: string, init: RequestInit): Promise<{ status: number; type: string }> {
  const response = await parley.fetch(path, init);
  await response.body?.cancel();
  return { status: response.status, type: response.headers.get("content-type") ?? "" };
}

describe("HEAD", () => {
  test.each([
    ["a browser", BROWSER],
    ["a program", PROGRAM],
  ])("answers %s at every address as GET does, without a body", async (_who, headers) => {
    for (const { path } of [...known, ...unknown]) {
      const asked = await parley.fetch(path, { method: "HEAD", headers });
      expect(await asked.text(), path).toBe("");
      expect(asked.status, path).toBeLessThan(500);
      const got = await head(path, { headers });
      expect({ status: asked.status, type: asked.headers.get("content-type") ?? "" }, path).toEqual(
        got,
      );
    }
  });
});

describe("script that asks any address for a page", () => {
  const FORM = { method: "POST", body: "x=1" };
  const FORM_TYPE = { "Content-Type": "application/x-www-form-urlencoded" };

  /** Whether script may put what came into the page, or is led on, or is refused. */
  function expectNoFile({ status, type }: { status: number; type: string }, what: string) {
    if (status === 406) return expect(type, what).toBe("text/plain; charset=utf-8");
    if (status === 303) return;
    expect(type, what).toMatch(/^text\/(html|event-stream)(;|$)/);
  }

  test.each([
    ["as htmx does", SCRIPT],
    ["and takes anything", { ...SCRIPT, Accept: "*/*" }],
    ["and wants JSON", { ...SCRIPT, ...PROGRAM }],
  ])("gets a page, events or a refusal (%s)", async (_how, headers) => {
    for (const { path } of [...known, ...unknown]) {
      for (const method of ["GET", "HEAD"]) {
        expectNoFile(await head(path, { method, headers }), `${method} ${path}`);
      }
    }
    for (const { path, takesForm } of unknown) {
      if (!takesForm) continue;
      expectNoFile(await head(path, { ...FORM, headers: { ...headers, ...FORM_TYPE } }), path);
    }
  });

  test("is refused files, archives, exports and the health of the server", async () => {
    const refused = [];
    for (const { route, path } of known) {
      if ((await head(path, { headers: SCRIPT })).status === 406) refused.push(route);
    }
    expect(refused.sort()).toEqual([
      "routes/conversations.$id[.]json",
      "routes/conversations.$id[.]md",
      "routes/export[.]zip",
      "routes/files.$hash",
      "routes/files.$hash_.thumbnail",
      "routes/healthz",
    ]);
  });

  test("is refused what pages link: style, script and icons", async () => {
    const html = await parley.page("/");
    const linked = [/href="([^"]+\.css)"/, /src="([^"]+\.js)"/].map((link) => found(html, link));
    for (const path of [...linked, "/icon.svg", "/manifest.webmanifest"]) {
      expect(await head(path, { headers: SCRIPT }), path).toMatchObject({ status: 406 });
      const own = await parley.fetch(path);
      expect(own.status, path).toBe(200);
      // What a browser has kept of it is no answer to script.
      expect(own.headers.get("vary"), path).toContain("HX-Request");
    }
  });

  test("is refused in few words, which no cache keeps", async () => {
    const { path = "" } = known.find(({ route }) => route === "routes/files.$hash") ?? {};
    const response = await parley.fetch(path, { headers: SCRIPT });
    expect(await response.text()).toBe("This address is a file, not a page: open it by itself.\n");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await parley.fetch(path)).headers.get("vary")).toContain("HX-Request");
  });

  test("takes every form that leads on", async () => {
    // What deletes comes last.
    const forms = known.filter(({ takesForm }) => takesForm);
    forms.sort((a, b) => Number(a.path.endsWith("delete")) - Number(b.path.endsWith("delete")));
    for (const { path } of forms) {
      expectNoFile(await head(path, { ...FORM, headers: { ...SCRIPT, ...FORM_TYPE } }), path);
    }
  });
});
