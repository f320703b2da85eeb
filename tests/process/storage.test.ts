import { Database } from "bun:sqlite";
import { readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ScriptedOllama, startScriptedOllama } from "../ollama/host";
import { leastImpactOf } from "../support/impact";
import { actionIn, addressIn, found, readUntil } from "../support/page";
import { Launcher, type RunningParley } from "../support/process";

let launcher: Launcher;
let ollama: ScriptedOllama;
let parley: RunningParley;

const MODEL = "gemma3:4b";
const STALL_MS = 250;

beforeEach(async () => {
  launcher = new Launcher();
  ollama = await startScriptedOllama({ everyMs: 1 });
  parley = await launcher.launch(["--ollama", ollama.url]);
});
afterEach(async () => {
  await launcher[Symbol.asyncDispose]();
  await ollama.stop();
});

const file = () => join(launcher.data, "parley.db");

/** Another program on the database of a running Parley. */
function withDatabase<T>(act: (database: Database) => T): T {
  const database = new Database(file());
  database.run("pragma busy_timeout = 2000");
  try {
    return act(database);
  } finally {
    database.close();
  }
}

describe("another program that has locked the database", () => {
  test("stalls nobody: prompts come back, and answers go on and say that they are not saved", async () => {
    ollama.always({ chunks: Array.from({ length: 8_000 }, (_, n) => `word${n} `), everyMs: 10 });
    const enough = { stallMs: STALL_MS, grownBytes: Number.POSITIVE_INFINITY };
    const { stallMs } = await leastImpactOf(parley, lockWhileWriting, enough);
    expect(stallMs).toBeLessThan(STALL_MS);
  }, 60_000);

  async function lockWhileWriting(): Promise<void> {
    const path = await parley.start("Count");
    await readUntil(await parley.fetch(`${path}/events`), (text) => text.includes("word1"));
    const other = new Database(file());
    other.run("pragma busy_timeout = 2000");
    other.run("begin immediate");
    try {
      const refused = await parley.post("/conversations", { prompt: "Zq-typed", model: MODEL });
      const html = await refused.text();
      expect(refused.status).toBe(503);
      expect(html).toContain("another program has locked the database");
      expect(html).toContain("Zq-typed");
      const events = await parley.fetch(`${path}/events`);
      await readUntil(events, (text) => text.includes("Not saved yet: another program"));
      const more = await parley.fetch(`${path}/events`);
      const first = Number(
        found(await readUntil(more, (text) => /word\d+/.test(text)), /.*word(\d+)/s),
      );
      const goesOn = await parley.fetch(`${path}/events`);
      await readUntil(goesOn, (text) => text.includes(`word${first + 50}`));
    } finally {
      other.run("rollback");
      other.close();
    }
    const saved = await parley.post("/conversations", { prompt: "Again", model: MODEL });
    expect(saved.status).toBe(303);
    for (const one of [path, saved.headers.get("location") ?? ""]) {
      await parley.post(`${one}/stop`, {});
    }
  }
});

test("a database that is deleted under it takes no more prompts, and /healthz says so", async () => {
  ollama.next({ chunks: ["The tide."] });
  const path = await parley.start("About the tide");
  await parley.page(path);
  for (const end of ["", "-wal", "-shm"]) rmSync(file() + end, { force: true });
  await Bun.sleep(1_000);
  const health = await parley.fetch("/healthz");
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({
    database: "failing",
    reason: expect.stringContaining("moved, deleted or replaced"),
  });
  const refused = await parley.post("/conversations", { prompt: "Zq-typed", model: MODEL });
  expect(refused.status).toBe(503);
  const html = await refused.text();
  expect(html).toContain("Zq-typed");
  expect(html).toContain("restart Parley");
  expect(await parley.page(path)).toContain("The tide.");
  expect((await parley.end("SIGTERM")).code).toBe(0);
});

test("another Parley finds the database in use, also through a link to it or to its folder", async () => {
  const [link, folder] = [launcher.path("link.db"), launcher.path("folder")];
  symlinkSync(file(), link);
  symlinkSync(launcher.data, folder);
  for (const args of [
    ["--database", `sqlite:${link}`],
    ["--data", folder],
  ]) {
    const { code, stderr } = await launcher.run(["--port", "0", ...args]);
    expect(code).toBe(1);
    expect(stderr).toContain("Another Parley");
  }
});

describe("what is deleted", () => {
  const WORDS = ["Zqprompt", "Zqanswer", "Zqthought", "Zqtitle", "Zqedited", "Zqwaiting", "Zqfile"];
  /** Which of the words stand in the files of the database, as they are or as the search index has them. */
  const left = () => {
    const bytes = readdirSync(launcher.data).map((name) => readFileSync(join(launcher.data, name)));
    const has = (word: string) => bytes.some((all) => all.includes(word));
    return WORDS.filter((word) => has(word) || has(word.toLowerCase()));
  };

  test("is gone from the bytes of the file while Parley runs", async () => {
    ollama.next({ thinking: ["Zqthought "], chunks: ["Zqanswer one."] });
    const form = new FormData();
    form.set("prompt", "Zqprompt here");
    form.set("model", MODEL);
    form.append("files", new File(["Zqfile".repeat(5_000)], "Zqfile.txt", { type: "text/plain" }));
    const started = await parley.fetch("/conversations", { method: "POST", body: form });
    const path = started.headers.get("location") ?? "";
    await parley.page(path);
    await parley.post(`${path}/rename`, { title: "Zqtitle of it" });
    await parley.post(`${path}/rename`, { title: "Another title" });
    const message = addressIn(await parley.page(path), /\/messages\/([0-9a-f-]{36})\/edit/);
    ollama.next({ chunks: ["Held", "never"], holdAfter: 1 });
    await parley.post(`/messages/${message}/edit`, { prompt: "Zqedited words", model: MODEL });
    await readUntil(await parley.fetch(path), (text) => text.includes("Held"));
    await parley.post(`${path}/messages`, { prompt: "Zqwaiting for it", model: MODEL });
    const page = await readUntil(await parley.fetch(path), (text) => text.includes("/withdraw"));
    await parley.post(actionIn(page, "withdraw"), {});
    await parley.post(`${path}/stop`, {});
    // Others are there before, between and after, so that pages hold more than what is deleted.
    for (let n = 0; n < 20; n++) {
      ollama.next({ chunks: [`Answer number ${n} that stays.`] });
      await parley.page(await parley.start(`Prompt number ${n} that stays`));
    }
    expect(left()).toEqual(WORDS);
    await parley.post(`${path}/delete`, {});
    // Half a minute later.
    withDatabase((database) =>
      database.run("update conversations set deleted_at = deleted_at - 30000 where deleted_at > 0"),
    );
    await vi.waitFor(() => expect(left()).toEqual([]), { timeout: 15_000, interval: 250 });
    expect(await parley.page("/conversations?q=stays")).toContain("number 7");
    expect((await parley.fetch("/healthz")).status).toBe(200);
  }, 40_000);
});
