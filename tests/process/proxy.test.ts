import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findNginx } from "../../scripts/nginx";
import { type ScriptedOllama, startScriptedOllama } from "../ollama/host";
import { type Nginx, startNginx } from "../support/nginx";
import { dom } from "../support/page";
import { Launcher, type RunningParley } from "../support/process";

/** Skipped without nginx, except in CI; `bun run test` installs it if it can. */
const proxied = describe.skipIf(!findNginx() && !process.env.CI);

let launcher: Launcher;
let ollama: ScriptedOllama;

beforeAll(async () => {
  launcher = new Launcher();
  ollama = await startScriptedOllama({ everyMs: 1 });
});
afterAll(async () => {
  await launcher[Symbol.asyncDispose]();
  await ollama.stop();
});

const PASS_HOST = "proxy_set_header Host $http_host;";
const PASS_SCHEME = "proxy_set_header X-Forwarded-Proto $scheme;";
const PASS_FORWARDED_HOST = "proxy_set_header X-Forwarded-Host $host;";
const FROM_OWN_PAGE = { "Sec-Fetch-Site": "same-origin" };

interface Site extends AsyncDisposable {
  /** Sends a prompt to the public address with these headers. */
  prompt(headers: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** The public origin. */
  origin: string;
  nginx: Nginx;
  parley: RunningParley;
}

let folders = 0;

/** Starts Parley behind an nginx whose location has these lines. */
async function site(lines: string[], tls: boolean, args: string[] = []): Promise<Site> {
  const data = launcher.path(`behind-${folders++}`);
  const parley = await launcher.launch(["--ollama", ollama.url, "--data", data, ...args]);
  const nginx = await startNginx([`proxy_pass ${parley.url};`, ...lines].join("\n      "), { tls });
  const { origin } = new URL(nginx.url);
  const ask = (path: string, init: RequestInit) =>
    fetch(origin + path, { redirect: "manual", tls: { rejectUnauthorized: false }, ...init });
  return {
    ...{ origin, nginx, parley },
    prompt: (headers) =>
      ask("/conversations", {
        ...{ method: "POST", headers },
        body: new URLSearchParams({ prompt: "Through a proxy", model: "gemma3:4b" }),
      }),
    get: (path, headers = {}) => ask(path, { headers }),
    async [Symbol.asyncDispose]() {
      await nginx[Symbol.asyncDispose]();
      await parley.end("SIGTERM");
    },
  };
}

/** "taken", or the status and the advice on the error page. */
async function fate(response: Response): Promise<string> {
  const text = await response.text();
  if (response.status === 303) return "taken";
  const advice = dom(text).querySelector("h1 + p")?.innerHTML ?? text;
  return `${response.status}: ${advice}`;
}

proxied("behind nginx with its defaults, which replace Host", () => {
  let behind: Site;
  beforeAll(async () => {
    behind = await site([], false);
  });
  afterAll(() => behind[Symbol.asyncDispose]());

  test("a form is taken from a browser with Sec-Fetch headers", async () => {
    const { origin } = behind;
    expect(await fate(await behind.prompt({ ...FROM_OWN_PAGE, Origin: origin }))).toBe("taken");
    expect(await fate(await behind.prompt({ ...FROM_OWN_PAGE, Origin: "null" }))).toBe("taken");
  });

  test("a form from a browser without them is refused with advice", async () => {
    const refused = await fate(await behind.prompt({ Origin: behind.origin }));
    expect(refused).toContain("403: ");
    expect(refused).toContain(`--trusted-origins ${behind.origin}`);
  });

  test("a form from another site is refused", async () => {
    const forms: Record<string, string>[] = [
      { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
      { Origin: "http://evil.example" },
      { Origin: "null" },
      { Origin: "http://evil.example", "X-Forwarded-Host": "evil.example" },
    ];
    for (const headers of forms) {
      expect(await fate(await behind.prompt(headers))).toMatch(/^403: /);
    }
  });

  test("choosing a theme leads back to the same page", async () => {
    const page = `${behind.origin}/conversations?before=1`;
    const response = await fetch(`${behind.origin}/theme`, {
      ...{ method: "POST", redirect: "manual", body: new URLSearchParams({ theme: "dark" }) },
      headers: { ...FROM_OWN_PAGE, Origin: behind.origin, Referer: page },
    });
    expect(response.headers.get("location")).toBe("/conversations?before=1");
  });

  test("an answer streams", async () => {
    ollama.next({ chunks: ["Through", " it."] });
    const begun = await behind.prompt({ ...FROM_OWN_PAGE, Origin: behind.origin });
    const page = await behind.get(begun.headers.get("location") ?? "");
    expect(await page.text()).toContain("Through it.");
  });
});

proxied("behind nginx with its defaults and --trusted-origins", () => {
  test("a form is taken from every browser", async () => {
    await using behind = await site([], false, ["--trusted-origins", "http://chat.example"]);
    const Origin = "http://chat.example";
    for (const headers of [
      { Origin },
      { Origin, ...FROM_OWN_PAGE },
      { Origin, "Sec-Fetch-Site": "cross-site" },
    ]) {
      expect(await fate(await behind.prompt(headers))).toBe("taken");
    }
    expect(await fate(await behind.prompt({ Origin: "http://chat.example:81" }))).toMatch(/^403/);
  });
});

proxied("behind nginx that passes Host on", () => {
  test("a form is taken from a browser without Sec-Fetch headers", async () => {
    await using behind = await site([PASS_HOST], false);
    expect(await fate(await behind.prompt({ Origin: behind.origin }))).toBe("taken");
    const Referer = `${behind.origin}/conversations`;
    expect(await fate(await behind.prompt({ Referer }))).toBe("taken");
  });

  test("X-Forwarded-Host is ignored", async () => {
    const lines = [PASS_HOST, "proxy_set_header X-Forwarded-Host other.example;"];
    await using behind = await site(lines, false);
    expect(await fate(await behind.prompt({ Origin: behind.origin }))).toBe("taken");
    expect(await fate(await behind.prompt({ Origin: "http://other.example" }))).toMatch(/^403/);
  });
});

proxied("behind nginx that ends TLS", () => {
  test("a form is taken from every browser if Host and scheme are passed on", async () => {
    await using behind = await site([PASS_HOST, PASS_SCHEME, PASS_FORWARDED_HOST], true);
    const Origin = behind.origin;
    expect(Origin).toMatch(/^https:/);
    expect(await fate(await behind.prompt({ Origin }))).toBe("taken");
    expect(await fate(await behind.prompt({ Origin, ...FROM_OWN_PAGE }))).toBe("taken");
    expect(await fate(await behind.prompt({ Origin: "null", ...FROM_OWN_PAGE }))).toBe("taken");
    // The same host without TLS is another origin.
    const plain = { Origin: Origin.replace("https:", "http:") };
    expect(await fate(await behind.prompt(plain))).toMatch(/^403/);
    const page = await behind.get("/");
    expect(page.headers.get("strict-transport-security")).toContain("max-age=");
  });

  test("a form is taken from current browsers even if they are not", async () => {
    await using behind = await site([], true);
    const Origin = behind.origin;
    expect(await fate(await behind.prompt({ Origin, ...FROM_OWN_PAGE }))).toBe("taken");
    const refused = await fate(await behind.prompt({ Origin }));
    expect(refused).toContain(`--trusted-origins ${Origin}`);
  });
});
