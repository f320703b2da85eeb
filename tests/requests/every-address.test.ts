import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Address, everyAddress, richIds, UNKNOWN } from "../support/every-address";
import { attributeIn } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

/** The headers that htmx sends. */
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

/** Status and type of a response; the body may be endless and is not read. */
async function head(path: string, init: RequestInit): Promise<{ status: number; type: string }> {
  const response = await parley.fetch(path, init);
  await response.body?.cancel();
  return { status: response.status, type: response.headers.get("content-type") ?? "" };
}

describe("HEAD", () => {
  test.each([
    ["a browser", BROWSER],
    ["a program", PROGRAM],
  ])(
    "gives %s the status and type of GET at every address, without a body",
    async (_who, headers) => {
      for (const { path } of [...known, ...unknown]) {
        const asked = await parley.fetch(path, { method: "HEAD", headers });
        expect(await asked.text(), path).toBe("");
        expect(asked.status, path).toBeLessThan(500);
        const got = await head(path, { headers });
        expect(
          { status: asked.status, type: asked.headers.get("content-type") ?? "" },
          path,
        ).toEqual(got);
      }
    },
  );
});

describe("a request from htmx", () => {
  const FORM = { method: "POST", body: "x=1" };
  const FORM_TYPE = { "Content-Type": "application/x-www-form-urlencoded" };

  /** Checks that the response is HTML, an event stream, a redirect or a refusal. */
  function expectNoFile({ status, type }: { status: number; type: string }, what: string) {
    if (status === 406) return expect(type, what).toBe("text/plain; charset=utf-8");
    if (status === 303) return;
    expect(type, what).toMatch(/^text\/(html|event-stream)(;|$)/);
  }

  test.each([
    ["as htmx sends it", SCRIPT],
    ["accepting anything", { ...SCRIPT, Accept: "*/*" }],
    ["accepting JSON", { ...SCRIPT, ...PROGRAM }],
  ])("gets a page, an event stream or a refusal at every address (%s)", async (_how, headers) => {
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

  test("is refused files, exports and /healthz", async () => {
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

  test("is refused style sheets, scripts and icons", async () => {
    const html = await parley.page("/");
    const linked = [attributeIn(html, "href", /^.+\.css$/), attributeIn(html, "src", /^.+\.js$/)];
    for (const path of [...linked, "/icon.svg", "/manifest.webmanifest"]) {
      expect(await head(path, { headers: SCRIPT }), path).toMatchObject({ status: 406 });
      const own = await parley.fetch(path);
      expect(own.status, path).toBe(200);
      // A cached copy must not be given to htmx.
      expect(own.headers.get("vary"), path).toContain("HX-Request");
    }
  });

  test("is refused with a short text that is not cached", async () => {
    const { path = "" } = known.find(({ route }) => route === "routes/files.$hash") ?? {};
    const response = await parley.fetch(path, { headers: SCRIPT });
    expect(await response.text()).toBe("This address is a file, not a page. Open it directly.\n");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await parley.fetch(path)).headers.get("vary")).toContain("HX-Request");
  });

  test("gets a page, a redirect or a refusal for every form", async () => {
    // Deleting goes last.
    const forms = known.filter(({ takesForm }) => takesForm);
    forms.sort((a, b) => Number(a.path.endsWith("delete")) - Number(b.path.endsWith("delete")));
    for (const { path } of forms) {
      expectNoFile(await head(path, { ...FORM, headers: { ...SCRIPT, ...FORM_TYPE } }), path);
    }
  });
});
