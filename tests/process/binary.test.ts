import { mkdirSync, readdirSync } from "node:fs";
import { extname } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BUDGETS } from "../../scripts/sizes";
import { answersOf, dom } from "../support/page";
import { closedPort, Launcher, type RunningParley } from "../support/process";

/** The smoke test of what people download: no flag but where to keep data, no environment, an empty folder. */
let launcher: Launcher;

beforeEach(() => {
  launcher = new Launcher();
});
afterEach(() => launcher[Symbol.asyncDispose]());

const startAlone = async () =>
  launcher.launch(["--ollama", `http://127.0.0.1:${await closedPort()}`]);

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

/** The files that a page names, those of its manifest and its style sheet included. */
async function assetsOf(parley: RunningParley, html: string): Promise<string[]> {
  const tags = dom(html).querySelectorAll("link[href], script[src], img[src]");
  const named = tags.map((tag) => tag.getAttribute("href") ?? tag.getAttribute("src") ?? "");
  const manifest = named.find((path) => path.endsWith(".webmanifest")) ?? "";
  const { icons } = JSON.parse(await parley.page(manifest)) as { icons: { src: string }[] };
  named.push(...icons.map(({ src }) => new URL(src, parley.url + manifest).pathname));
  for (const sheet of named.filter((path) => path.endsWith(".css"))) {
    const links = (await parley.page(sheet)).matchAll(/url\(["']?(?!data:)([^"')]+)/g);
    named.push(...[...links].map(([, link = ""]) => new URL(link, parley.url + sheet).pathname));
  }
  return [...new Set(named)];
}

/** A file as it comes over the wire for a browser that takes this encoding. */
async function raw(parley: RunningParley, path: string, encoding: string) {
  const headers = { "Accept-Encoding": encoding };
  const response = await parley.fetch(path, { headers, decompress: false } as RequestInit);
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
}

describe("the executable in an empty folder without an environment", () => {
  test("serves the first page and every file that it names", async () => {
    const parley = await startAlone();
    const home = await parley.fetch("/");
    expect(home.status).toBe(200);
    expect(home.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const assets = await assetsOf(parley, await home.text());
    expect(new Set(assets.map((path) => extname(path)))).toEqual(new Set(Object.keys(TYPES)));
    for (const path of assets) {
      const { response, bytes } = await raw(parley, path, "identity");
      expect(response.status, path).toBe(200);
      expect(bytes.length, path).toBeGreaterThan(100);
      expect(response.headers.get("content-type"), path).toBe(TYPES[extname(path)]);
      expect(response.headers.get("content-encoding"), path).toBeNull();
      expect(response.headers.get("x-content-type-options"), path).toBe("nosniff");
    }
  });

  test("lets browsers keep files with a hash for ever and ask again for the others", async () => {
    const parley = await startAlone();
    const assets = await assetsOf(parley, await parley.page("/"));
    expect(assets.filter((path) => path.startsWith("/build/")).length).toBeGreaterThan(1);
    for (const path of assets) {
      const { headers } = await parley.fetch(path);
      if (path.startsWith("/build/")) {
        expect(headers.get("cache-control"), path).toBe("public, max-age=31536000, immutable");
        continue;
      }
      expect(headers.get("cache-control"), path).toBe("public, no-cache");
      const known = { "If-None-Match": headers.get("etag") ?? "" };
      expect((await parley.fetch(path, { headers: known })).status, path).toBe(304);
    }
    expect((await parley.fetch("/")).headers.get("cache-control")).toContain("no-store");
  });

  test("sends text compressed with Brotli or gzip, and it is the same text", async () => {
    const parley = await startAlone();
    for (const path of await assetsOf(parley, await parley.page("/"))) {
      const plain = (await raw(parley, path, "identity")).bytes;
      for (const [encoding, decompress] of [
        ["br", brotliDecompressSync],
        ["gzip", gunzipSync],
      ] as const) {
        const { response, bytes } = await raw(parley, path, encoding);
        expect(response.headers.get("vary"), path).toContain("Accept-Encoding");
        if (extname(path) === ".png") {
          expect(response.headers.get("content-encoding"), path).toBeNull();
          continue;
        }
        expect(response.headers.get("content-encoding"), path).toBe(encoding);
        expect(bytes.length, path).toBeLessThan(plain.length);
        expect(decompress(bytes).equals(plain), path).toBe(true);
      }
      const both = await raw(parley, path, "gzip, deflate, br, zstd");
      expect(both.response.headers.get("content-encoding"), path).toBe(
        extname(path) === ".png" ? null : "br",
      );
    }
    const page = await raw(parley, "/", "gzip, deflate, br, zstd");
    expect(page.response.headers.get("content-encoding")).toBe("gzip");
    expect(gunzipSync(page.bytes).toString()).toContain("<title>Parley</title>");
  });

  test("sends a first visit no more than its budgets", async () => {
    const parley = await startAlone();
    const encodings = "gzip, deflate, br, zstd";
    let [script, all] = [0, (await raw(parley, "/", encodings)).bytes.length];
    for (const path of await assetsOf(parley, await parley.page("/"))) {
      // Icons of home screens are no part of a visit.
      if (!/\.(js|css|svg|webmanifest)$/.test(path)) continue;
      const { length } = (await raw(parley, path, encodings)).bytes;
      all += length;
      if (path.endsWith(".js")) script += length;
    }
    expect(script).toBeLessThan(BUDGETS.script);
    expect(all).toBeLessThan(BUDGETS.firstVisit);
  });

  test("answers with eliza while no Ollama does, and says that it is no model", async () => {
    const parley = await startAlone();
    const home = await parley.page("/");
    expect(home).toContain("reach Ollama at");
    expect(home).toContain("eliza (demo, not a model)");
    const path = await parley.start("I need a holiday", "eliza");
    const html = await parley.page(path);
    expect(html).toMatch(/<\/html>\s*$/);
    expect(html).toContain("eliza (demo, not a model)");
    const answer = answersOf(html).at(-1) ?? "";
    expect(answer).toMatch(/<div class="closed-block"[^>]*><p>\w.*<\/p><\/div>/);
    expect(answersOf(await parley.page(path)).at(-1)).toBe(answer);
  });

  test("finds the conversation again when it is started again", async () => {
    const first = await startAlone();
    const path = await first.start("I need a holiday", "eliza");
    const answer = answersOf(await first.page(path)).at(-1);
    await first.end("SIGTERM");
    const second = await startAlone();
    expect(answersOf(await second.page(path)).at(-1)).toBe(answer);
    expect(await second.page("/conversations")).toContain("I need a holiday");
  });

  test("ends with code 0 on SIGTERM and leaves nothing running and nothing lying about", async () => {
    const parley = await startAlone();
    await parley.page(await parley.start("Hello", "eliza"));
    const begun = performance.now();
    const { code, stdout } = await parley.end("SIGTERM");
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(code).toBe(0);
    expect(stdout).toBe("");
    expect(() => process.kill(parley.pid, 0)).toThrow();
    await expect(fetch(parley.url)).rejects.toThrow();
    expect(readdirSync(launcher.cwd)).toEqual([]);
    expect(readdirSync(launcher.data).sort()).toEqual(["parley.db", "parley.db.lock"]);
  });
});

test("without --data everything is kept below the home folder, and nothing anywhere else", async () => {
  const [home, temporary] = [launcher.path("home"), launcher.path("tmp")];
  mkdirSync(temporary);
  const parley = launcher.spawn(["--port", "0"], { HOME: home, TMPDIR: temporary });
  const health = await fetch(`${await parley.listening()}/healthz`);
  expect(await health.json()).toMatchObject({ status: "ok", database: "ok" });
  expect((await parley.end("SIGTERM")).code).toBe(0);
  const files = readdirSync(launcher.folder, { recursive: true, withFileTypes: true });
  const kept = files
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  const data = `${home}/.local/share/parley`;
  expect(kept.sort()).toEqual([`${data}/parley.db`, `${data}/parley.db.lock`]);
});
