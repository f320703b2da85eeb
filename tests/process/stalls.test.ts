import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FORMATTED_CHARACTERS } from "../../app/limits";
import { filled, pathological } from "../../app/markdown/testing/pathological";
import { directoryOf } from "../support/files";
import { leastImpactOf, SMALL_MACHINE } from "../support/impact";
import { attributeIn, attributesIn } from "../support/page";
import { closedPort, Launcher, type RunningParley } from "../support/process";

/** What no request, answer or import may cost anybody else. */
const ENOUGH = { stallMs: 250, grownBytes: 64 * 1024 * 1024 };
const MIB = 1024 * 1024;

let launcher: Launcher;
let parley: RunningParley;

beforeEach(async () => {
  launcher = new Launcher();
  const ollama = `http://127.0.0.1:${await closedPort()}`;
  parley = await launcher.launch(["--ollama", ollama], SMALL_MACHINE);
  // What is loaded once is no growth.
  await imported(conversation([{ content: "`a` $x$\n\n```js\na\n```" }]));
  await parley.page("/");
});
afterEach(() => launcher[Symbol.asyncDispose]());

/** Does this to the server; `own` is the size of what is handled. */
async function expectCalm(own: number, act: () => Promise<unknown>): Promise<void> {
  const enough = { ...ENOUGH, grownBytes: ENOUGH.grownBytes + own };
  const impact = await leastImpactOf(parley, act, enough);
  expect(impact.stallMs).toBeLessThan(enough.stallMs);
  expect(impact.grownBytes).toBeLessThan(enough.grownBytes);
}

/** A conversation of ours as a file: a prompt and answers, each after the one before. */
function conversation(answers: readonly object[], more: object = {}): string {
  return JSON.stringify({
    format: "parley-conversation",
    version: 1,
    id: Bun.randomUUIDv7(),
    title: "Tides",
    messages: [
      { id: "0", role: "user", content: "Why?" },
      ...answers.map((answer, n) => ({
        id: `${n + 1}`,
        parent: `${n}`,
        role: "assistant",
        ...answer,
      })),
    ],
    ...more,
  });
}

/** Imports a file and waits for its end; gives the report. */
async function imported(file: string | Uint8Array<ArrayBuffer> | Buffer): Promise<string> {
  const form = new FormData();
  form.set("file", new File([file as BlobPart], "file.json"));
  const response = await parley.fetch("/imports", { method: "POST", body: form });
  expect(response.status).toBe(303);
  return vi.waitFor(
    async () => {
      const html = await parley.page(response.headers.get("location") ?? "");
      expect(html).not.toContain('data-state="running"');
      return html;
    },
    { timeout: 60_000, interval: 100 },
  );
}

/** Imports a conversation and gives its path. */
async function importedPath(file: string): Promise<string> {
  await imported(file);
  const list = await parley.page("/conversations");
  return attributeIn(list, "href", /^\/conversations\/[0-9a-f-]{36}/);
}

describe("nobody waits, and memory is not held", { timeout: 120_000 }, () => {
  test("for an import that claims a time without end", async () => {
    const claim = '[{"mapping":{"a":{"message":{"create_time":1e306}}},"create_time":1e306}]';
    await expectCalm(0, () => imported(claim));
    await expectCalm(0, () =>
      imported(
        conversation([{ content: "a", generations: [{ endedAt: 1e306 }] }], { createdAt: 1e306 }),
      ),
    );
  });

  test("for an import of very many generations", async () => {
    const generations = Array.from({ length: 300_000 }, () => ({ state: "finished" }));
    const one = () => conversation([{ content: "a", generations }]);
    await expectCalm(one().length, async () => {
      expect(await imported(one())).toContain("Taken without 299,800 generations.");
    });
    const some = generations.slice(0, 200);
    const answers = Array.from({ length: 400 }, () => ({ content: "a", generations: some }));
    const many = () => conversation(answers);
    await expectCalm(many().length, () => imported(many()));
  });

  test("for an import of very many files", async () => {
    const files = Array.from({ length: 20_000 }, (_, n) => {
      const bytes = Buffer.from(`File ${n}`);
      const hash = new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
      return { name: `${n}.txt`, hash, bytes: bytes.toString("base64") };
    });
    const file = () =>
      conversation(
        Array.from({ length: 200 }, (_, n) => ({
          content: "a",
          files: files.slice(n * 100, (n + 1) * 100),
        })),
      );
    await expectCalm(file().length, () => imported(file()));
  });

  test("for an archive of very many files", async () => {
    for (const count of [200_000, 1_400_000]) {
      const archive = directoryOf(count);
      await expectCalm(2 * archive.length, () => imported(archive));
    }
  });

  test("for an import of the longest answers", async () => {
    const long = [filled("Word on word. ", 4 * MIB), filled("a\u200d", MIB), filled("中", MIB)];
    const file = () => conversation(long.map((content) => ({ content })));
    await expectCalm(2 * file().length, () => imported(file()));
  });

  test("for a search in long texts of joiners", async () => {
    const texts = Array.from({ length: 8 }, () => `${filled("\u200d", MIB)} needle`);
    await imported(conversation(texts.map((content) => ({ content }))));
    await expectCalm(2 * 8 * 3 * MIB, () => parley.page("/conversations?q=needle"));
  });

  test("for pages of answers that are written to be hard to format", async () => {
    const texts = pathological(FORMATTED_CHARACTERS).map(([, content]) => ({ content }));
    const path = await importedPath(conversation(texts));
    let before = "";
    for (let page = path; page; page = before) {
      let html = "";
      await expectCalm(16 * MIB, async () => {
        html = await parley.page(page);
      });
      before = attributesIn(html, "href", /^.*\?before=.*$/)[0] ?? "";
    }
  });

  test("for a page of the longest answer", async () => {
    for (const part of ["Word on word. ", "<", "[a][", "https://a.example/"]) {
      const path = await importedPath(conversation([{ content: filled(part, 4 * MIB) }]));
      await expectCalm(5 * 4 * MIB, () => parley.page(path));
    }
  });

  test("for exports of the largest conversations", async () => {
    const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(65_536)));
    const files = Array.from({ length: 30 }, (_, n) => {
      const bytes = Buffer.from(filled(`${n} ${noise.toString("hex")}\n`, MIB));
      const hash = new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
      return { name: `${n}.txt`, hash, bytes: bytes.toString("base64") };
    });
    const path = await importedPath(conversation([{ content: filled("word ", 3 * MIB), files }]));
    for (const ending of [".json", ".md"]) {
      await expectCalm(2 * 45 * MIB, async () => {
        expect((await (await parley.fetch(path + ending)).bytes()).length).toBeGreaterThan(3 * MIB);
      });
    }
    await expectCalm(2 * 45 * MIB, async () => {
      await (await parley.fetch("/export.zip")).bytes();
    });
  });
});
