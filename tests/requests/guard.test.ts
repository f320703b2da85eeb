import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;
let conversation: string;

beforeAll(async () => {
  parley = await startParley({
    settings: { trustedOrigins: ["https://wiki.example"], allowedHosts: ["chat.example"] },
  });
  conversation = await parley.start("Hello");
  await (await parley.fetch(`${conversation}/events`)).text();
});
afterAll(() => parley[Symbol.asyncDispose]());

interface Attack {
  name: string;
  method?: string;
  path: () => string;
  headers: Record<string, string>;
  body?: string;
  status: number;
  mustSay: string;
}

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const PROMPT = "prompt=attack&model=gemma3%3A4b";
/** Remix runs the action of the named route for such a POST, whoever sends it. */
const DATA = "_data=routes%2Fconversations._index";

const ATTACKS: Attack[] = [
  {
    name: "a form on another site",
    method: "POST",
    path: () => "/conversations",
    headers: { ...FORM, Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
    body: PROMPT,
    status: 403,
    mustSay: "another site",
  },
  {
    name: "the same with _data",
    method: "POST",
    path: () => `/conversations?${DATA}`,
    headers: { ...FORM, Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
    body: PROMPT,
    status: 404,
    mustSay: "nothing at this address",
  },
  {
    name: "_data even from our own page",
    method: "POST",
    path: () => `/conversations?${DATA}`,
    headers: { ...FORM, "Sec-Fetch-Site": "same-origin" },
    body: PROMPT,
    status: 404,
    mustSay: "nothing at this address",
  },
  {
    name: "a page on another port of this host (same-site)",
    method: "POST",
    path: () => "/conversations",
    headers: { ...FORM, Origin: "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site" },
    body: PROMPT,
    status: 403,
    mustSay: "another site",
  },
  {
    name: "another port, from a browser without Sec-Fetch-Site",
    method: "POST",
    path: () => "/conversations",
    headers: { ...FORM, Origin: "http://127.0.0.1:1" },
    body: PROMPT,
    status: 403,
    mustSay: "another site",
  },
  {
    name: "a sandboxed frame (Origin: null)",
    method: "POST",
    path: () => "/conversations",
    headers: { ...FORM, Origin: "null" },
    body: PROMPT,
    status: 403,
    mustSay: "a privacy setting or extension of the browser",
  },
  {
    name: "a form without Origin, Sec-Fetch-Site or Referer",
    method: "POST",
    path: () => "/conversations",
    headers: FORM,
    body: PROMPT,
    status: 403,
    mustSay: "another site",
  },
  {
    name: "a Referer that only begins like ours",
    method: "POST",
    path: () => "/conversations",
    headers: { ...FORM, Referer: "http://127.0.0.1.evil.example/" },
    body: PROMPT,
    status: 403,
    mustSay: "another site",
  },
  {
    name: "Sec-Fetch-Site cross-site with a forged Referer",
    method: "POST",
    path: () => "/conversations",
    headers: { ...FORM, "Sec-Fetch-Site": "cross-site", Referer: "http://127.0.0.1/" },
    body: PROMPT,
    status: 403,
    mustSay: "another site",
  },
  {
    name: "a stop from another site",
    method: "POST",
    path: () => "/generations/00000000-0000-7000-8000-000000000000/stop",
    headers: { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
    status: 403,
    mustSay: "another site",
  },
  {
    name: "loader data as JSON",
    path: () => `${conversation}?_data=routes%2Fconversations.%24id`,
    headers: {},
    status: 404,
    mustSay: "nothing at this address",
  },
  {
    name: "single fetch",
    path: () => `${conversation}.data`,
    headers: {},
    status: 404,
    mustSay: "nothing at this address",
  },
  {
    name: "single fetch with routes",
    path: () => "/_root.data?_routes=root",
    headers: {},
    status: 404,
    mustSay: "nothing at this address",
  },
  {
    name: "the route manifest",
    path: () => "/__manifest?p=/conversations",
    headers: {},
    status: 404,
    mustSay: "nothing at this address",
  },
  {
    name: "DNS rebinding",
    path: () => "/",
    headers: { Host: "evil.example" },
    status: 403,
    mustSay: "--allowed-hosts",
  },
  {
    name: "rebinding to a name that contains ours",
    path: () => "/",
    headers: { Host: "localhost.evil.example:7333" },
    status: 403,
    mustSay: "--allowed-hosts",
  },
  {
    name: "an address of the network while we listen on loopback",
    path: () => "/",
    headers: { Host: "192.168.1.5:7333" },
    status: 403,
    mustSay: "--allowed-hosts",
  },
  ...["a b", "[::1", "localhost:port", "localhost:99999", "a@localhost", "localhost, evil", ""].map(
    (host): Attack => ({
      name: `a malformed Host header: ${host || "empty"}`,
      path: () => "/",
      headers: { Host: host },
      status: 400,
      mustSay: "Host header of the request is missing or malformed",
    }),
  ),
  ...[
    { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image" },
    { "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script" },
    { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty" },
    { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe" },
  ].map(
    (headers): Attack => ({
      name: `a search that another site loads to time it (${headers["Sec-Fetch-Dest"]})`,
      path: () => "/conversations?q=Hello",
      headers,
      status: 403,
      mustSay: "Another site tried to load this page",
    }),
  ),
  {
    name: "a sandboxed page with Sec-Fetch-Site",
    method: "POST",
    path: () => "/conversations",
    headers: { ...FORM, Origin: "null", "Sec-Fetch-Site": "cross-site" },
    body: PROMPT,
    status: 403,
    mustSay: "own page.</p>",
  },
  {
    name: "an origin that matches X-Forwarded-Host",
    method: "POST",
    path: () => "/conversations",
    headers: { ...FORM, Origin: "http://evil.example", "X-Forwarded-Host": "evil.example" },
    body: PROMPT,
    status: 403,
    mustSay: "--trusted-origins http://evil.example",
  },
  {
    name: "our own host over plain HTTP while we are served over TLS",
    method: "POST",
    path: () => "/conversations",
    headers: { ...FORM, Origin: "OWN", "X-Forwarded-Proto": "https" },
    body: PROMPT,
    status: 403,
    mustSay: "another site",
  },
  {
    name: "DELETE, which Remix would take for an action",
    method: "DELETE",
    path: () => "/conversations",
    headers: { "Sec-Fetch-Site": "same-origin" },
    status: 405,
    mustSay: "DELETE",
  },
  {
    name: "a body that says it is too large",
    method: "POST",
    path: () => "/conversations",
    headers: { ...FORM, "Sec-Fetch-Site": "same-origin", "Content-Length": "67108865" },
    status: 413,
    mustSay: "64 MiB",
  },
];

describe("attacks", () => {
  for (const attack of ATTACKS) {
    test(attack.name, async () => {
      const before = parley.ollama.chats().length;
      const { status, text } = await raw(attack);
      expect(status).toBe(attack.status);
      expect(text).toContain(attack.mustSay);
      expect(text).toContain("Content-Security-Policy:");
      expect(parley.ollama.chats().length).toBe(before);
      expect(await titles()).not.toContain("attack");
    });
  }
});

describe("what must go through", () => {
  const ALLOWED: Omit<Attack, "status" | "mustSay">[] = [
    {
      name: "our own page in a browser",
      method: "POST",
      path: () => "/theme",
      headers: { ...FORM, "Sec-Fetch-Site": "same-origin" },
      body: "theme=dark",
    },
    {
      name: "our own page over plain HTTP, where only Origin is sent",
      method: "POST",
      path: () => "/theme",
      headers: { ...FORM, Origin: "OWN" },
      body: "theme=dark",
    },
    {
      name: "a text browser, which sends Referer alone",
      method: "POST",
      path: () => "/theme",
      headers: { ...FORM, Referer: "OWN/conversations" },
      body: "theme=dark",
    },
    {
      name: "an origin that the settings trust",
      method: "POST",
      path: () => "/theme",
      headers: { ...FORM, Origin: "https://wiki.example", "Sec-Fetch-Site": "cross-site" },
      body: "theme=dark",
    },
    {
      name: "a prompt from an origin that the settings trust",
      method: "POST",
      path: () => "/conversations",
      headers: { ...FORM, Origin: "https://wiki.example", "Sec-Fetch-Site": "cross-site" },
      body: "prompt=Trusted&model=gemma3%3A4b",
    },
    {
      name: "our own page from a browser that hides its origin",
      method: "POST",
      path: () => "/conversations",
      headers: { ...FORM, Origin: "null", "Sec-Fetch-Site": "same-origin" },
      body: "prompt=Hidden&model=gemma3%3A4b",
    },
    {
      name: "our own page behind a proxy that changes the host",
      method: "POST",
      path: () => "/conversations",
      headers: {
        ...{ ...FORM, Origin: "https://chat.example", "Sec-Fetch-Site": "same-origin" },
        "X-Forwarded-Host": "other.example",
      },
      body: "prompt=Proxied&model=gemma3%3A4b",
    },
    {
      name: "our own page over TLS from a browser without Sec-Fetch headers",
      method: "POST",
      path: () => "/conversations",
      headers: {
        ...{ ...FORM, Host: "chat.example", Origin: "https://chat.example" },
        "X-Forwarded-Proto": "https, http",
      },
      body: "prompt=Over+TLS&model=gemma3%3A4b",
    },
    {
      name: "a link on another site",
      path: () => "/conversations?q=Hello",
      headers: {
        ...{ "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" },
        "Sec-Fetch-Dest": "document",
      },
    },
    { name: "a client without Sec-Fetch headers", path: () => "/conversations?q=x", headers: {} },
    {
      name: "as many cookies as a browser stores for one host",
      path: () => "/conversations",
      headers: {
        Cookie: Array.from({ length: 180 }, (_, n) => `c${n}=${"x".repeat(4_090)}`).join("; "),
      },
    },
    {
      name: "a name of --allowed-hosts",
      path: () => "/healthz",
      headers: { Host: "chat.example" },
    },
    { name: "localhost", path: () => "/healthz", headers: { Host: "localhost:7333" } },
    {
      name: "a name below localhost",
      path: () => "/healthz",
      headers: { Host: "parley.localhost" },
    },
    { name: "IPv6 loopback", path: () => "/healthz", headers: { Host: "[::1]:7333" } },
  ];
  for (const request of ALLOWED) {
    test(request.name, async () => {
      const { status } = await raw({ ...request, status: 0, mustSay: "" });
      expect([200, 303]).toContain(status);
    });
  }
});

test("choosing a theme behind a TLS proxy leads back to the same page", async () => {
  const { text } = await raw({
    ...{ name: "", method: "POST", path: () => "/theme", body: "theme=dark" },
    headers: {
      ...{ ...FORM, Origin: "https://chat.example", "Sec-Fetch-Site": "same-origin" },
      Referer: "https://chat.example/conversations?before=1",
    },
    ...{ status: 303, mustSay: "" },
  });
  expect(text.toLowerCase()).toContain("\r\nlocation: /conversations?before=1\r\n");
});

async function titles(): Promise<string> {
  return (await parley.fetch("/conversations")).text();
}

/** Sends a request as bytes, since fetch lets nobody forge Host, Origin or Content-Length. */
function raw(attack: Attack): Promise<{ status: number; text: string }> {
  const { host, hostname, port, origin } = new URL(parley.url);
  const headers = { Host: host, Connection: "close", ...attack.headers };
  const length = attack.body ? { "Content-Length": String(attack.body.length) } : {};
  const lines = Object.entries({ ...length, ...headers }).map(
    ([name, value]) => `${name}: ${value.replace("OWN", origin)}`,
  );
  const head = `${attack.method ?? "GET"} ${attack.path()} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`;
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(Number(port), hostname, () => socket.write(head + (attack.body ?? "")));
    socket.setEncoding("utf8");
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve({ status: Number(text.slice(9, 12)), text }));
  });
}
