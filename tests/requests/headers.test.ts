import { afterAll, beforeAll, expect, test } from "vitest";
import { attributeIn } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;
let conversation: string;

beforeAll(async () => {
  parley = await startParley();
  conversation = await parley.start("Hello");
  await (await parley.fetch(`${conversation}/events`)).text();
});
afterAll(() => parley[Symbol.asyncDispose]());

test("a theme leads back to the same page, and never to another site", async () => {
  const back = async (referer: string) => {
    const response = await parley.post("/theme", { theme: "dark" }, { Referer: referer });
    return response.headers.get("location");
  };
  expect(await back(`${parley.url}/conversations?before=1`)).toBe("/conversations?before=1");
  expect(await back("https://evil.example/x")).toBe("/");
  expect(await back(`${parley.url}//evil.example/x`)).toBe("/");
});

test("a header cannot be smuggled in by a field or a query", async () => {
  const evil = "x\r\nSet-Cookie: stolen=1";
  const started = await parley.post("/conversations", { prompt: "Hi", model: evil });
  expect(started.headers.get("set-cookie")).not.toContain("stolen=1;");
  expect(started.headers.getSetCookie().length).toBeLessThanOrEqual(1);
  const to = await parley.fetch(`/without-script?to=${encodeURIComponent(`/${evil}`)}`);
  expect(to.headers.getSetCookie().join()).not.toContain("stolen");
  const events = await parley.fetch(`${conversation}/events?after=${encodeURIComponent(evil)}`);
  expect(await events.text()).not.toContain("stolen");
});

test("every answer carries the safety headers, errors and files too", async () => {
  const page = await (await parley.fetch("/")).text();
  const script = attributeIn(page, "src", /^.+\.js$/);
  for (const path of [
    "/",
    conversation,
    "/nothing",
    "/healthz",
    script,
    `${conversation}/events`,
  ]) {
    const { headers } = await parley.fetch(path);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).not.toContain("unsafe-");
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("referrer-policy"), path).toBe("same-origin");
    expect(headers.get("strict-transport-security"), path).toBeNull();
  }
  const secure = await parley.fetch("/", { headers: { "X-Forwarded-Proto": "https" } });
  expect(secure.headers.get("strict-transport-security")).toContain("max-age=");
});
