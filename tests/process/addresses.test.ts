import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ScriptedOllama, startScriptedOllama } from "../ollama/host";
import { actionIn, attributesIn, readUntil } from "../support/page";
import { Launcher, type RunningParley } from "../support/process";

const SCRIPTED = { Cookie: "parley-script=1" };

let launcher: Launcher;
let ollama: ScriptedOllama;
let parley: RunningParley;

beforeAll(async () => {
  launcher = new Launcher();
  ollama = await startScriptedOllama({ everyMs: 1 });
  parley = await launcher.launch([
    ...["--ollama", ollama.url, "--base-path", "/chat", "--allowed-hosts", "chat.example"],
  ]);
});
afterAll(async () => {
  await launcher[Symbol.asyncDispose]();
  await ollama.stop();
});

/** Every address that a page names, in whatever attribute, those of other sites left out. */
function addressesOf(html: string): string[] {
  const named = ["href", "src", "action", "formaction", "hx-get", "hx-sse:connect"];
  return [
    ...named.flatMap((name) => attributesIn(html, name)),
    ...attributesIn(html, "content", /^0; url=(.*)$/),
  ].filter((address) => !/^(https?:|#)/.test(address));
}

/** The pages in every state: [what it is, its HTML]. */
async function pages(): Promise<[string, string][]> {
  ollama.next({ chunks: ["Some words."], holdAfter: 1 });
  const live = await parley.start("Live");
  const streaming = await readUntil(await parley.fetch(live), (text) => text.includes("Some"));
  const scripted = await parley.page(live, SCRIPTED);
  await parley.post(actionIn(streaming, "stop", "any query"), {});
  const refused = await parley.post("/chat/conversations", { prompt: "", model: "gemma3:4b" });
  return [
    ["the first page", await parley.page("/chat/")],
    ["a document that streams", streaming],
    ["an enhanced page", scripted],
    ["a stopped answer", await parley.page(live)],
    ["the list", await parley.page("/chat/conversations")],
    ["a refused prompt", await refused.text()],
    ["an error", await parley.page("/chat/nowhere")],
    ["an error before Remix", await parley.page("/nowhere")],
  ];
}

describe("with --base-path /chat", () => {
  test("every address on every page lies below it and can be reached", async () => {
    const reached = new Set<string>();
    for (const [name, html] of await pages()) {
      const addresses = addressesOf(html);
      expect(addresses.length, name).toBeGreaterThan(1);
      for (const address of addresses) {
        expect(address, name).toMatch(/^\/chat\//);
        if (reached.has(address)) continue;
        reached.add(address);
        // A form's address says that it takes a form (405); everything else is a page or a file.
        const response = await parley.fetch(address);
        await response.body?.cancel();
        expect([200, 303, 405], address).toContain(response.status);
      }
    }
    expect(reached.size).toBeGreaterThan(15);
  });

  test("the address in the log is the first page, with or without its slash", async () => {
    expect(parley.url).toMatch(/:\d+\/chat$/);
    for (const path of ["/chat", "/chat/"]) {
      expect((await parley.fetch(path)).status).toBe(200);
    }
  });

  test("the manifest stays below it", async () => {
    const manifest = await (await parley.fetch("/chat/manifest.webmanifest")).json();
    const { start_url, scope, icons } = manifest as Record<string, string> & {
      icons: { src: string }[];
    };
    for (const address of [start_url, scope, ...icons.map(({ src }) => src)]) {
      const { pathname } = new URL(address ?? "", `${parley.url}/manifest.webmanifest`);
      expect(pathname).toMatch(/^\/chat\//);
      expect((await parley.fetch(pathname)).status).toBe(200);
    }
  });

  test("redirects stay below it, and cookies are for it alone", async () => {
    const form = { prompt: "Where to?", model: "gemma3:4b" };
    const started = await parley.post("/chat/conversations", form);
    const back = { Referer: `${parley.url}/conversations` };
    const answers = [
      started,
      await parley.post("/chat/theme", { theme: "dark" }, back),
      await parley.post(
        "/chat/theme",
        { theme: "dark" },
        { Referer: `${new URL(parley.url).origin}/other` },
      ),
      await parley.fetch("/chat/without-script?to=%2Fchat%2Fconversations", { headers: SCRIPTED }),
      await parley.fetch("/chat/without-script?to=%2Fother", { headers: SCRIPTED }),
    ];
    for (const { status, headers } of answers) {
      expect(status).toBe(303);
      expect(headers.get("location")).toMatch(/^\/chat\//);
      expect(headers.get("set-cookie")).toMatch(/; Path=\/chat\/(;|$)/i);
    }
    const html = await parley.page(started.headers.get("location") ?? "");
    for (const verb of ["messages", "regenerate"]) {
      const action = actionIn(html, verb, "any query");
      const { status, headers } = await parley.post(action, { prompt: "More", model: "gemma3:4b" });
      expect(status).toBe(303);
      expect(headers.get("location")).toMatch(/^\/chat\/conversations\//);
      await parley.page(headers.get("location") ?? "");
    }
  });

  test("there is nothing outside of it", async () => {
    const outside = [
      "/",
      "/conversations",
      "/chatter",
      "/chatter/",
      "/icon.svg",
      "/healthz",
      "/Chat/",
    ];
    for (const path of outside) expect((await parley.fetch(path)).status, path).toBe(404);
    const form = { prompt: "Outside", model: "gemma3:4b" };
    expect((await parley.post("/conversations", form)).status).toBe(404);
    expect(await parley.page("/chat/conversations")).not.toContain("Outside");
  });
});

describe("with --allowed-hosts chat.example", () => {
  test.each([
    ["chat.example", 200],
    ["Chat.Example:8080", 200],
    ["localhost:1", 200],
    ["other.example", 403],
    ["chat.example.evil", 403],
  ])("a browser that asks for %s gets %d", async (host, status) => {
    const response = await parley.fetch("/chat/", { headers: { Host: host } });
    expect(response.status).toBe(status);
  });
});
