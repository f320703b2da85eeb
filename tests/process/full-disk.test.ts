import { Database } from "bun:sqlite";
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ScriptedOllama, startScriptedOllama } from "../ollama/host";
import { type Disk, type DiskKind, smallDisk, stuckDisk } from "../support/full-disk";
import { actionIn, addressIn, found, readUntil } from "../support/page";
import { Launcher, type RunningParley } from "../support/process";

let launcher: Launcher;
let ollama: ScriptedOllama;
let disk: Disk | undefined;

beforeEach(async () => {
  launcher = new Launcher();
  ollama = await startScriptedOllama({ everyMs: 1 });
});
afterEach(async () => {
  disk?.remove();
  disk = undefined;
  await launcher[Symbol.asyncDispose]();
  await ollama.stop();
});

const MODEL = "gemma3:4b";
const HTML = { accept: "text/html" };
const NAMES = { prompt: "Zq-typed", title: "Zq-typed", text: "Zq-typed", system: "Zq-typed" };

async function launch(kind: DiskKind, ...args: string[]): Promise<[RunningParley, Disk]> {
  disk = kind.make(launcher.data);
  return [await launcher.launch(["--ollama", ollama.url, ...args]), disk];
}

/** A conversation whose answer has said this and is held there. */
async function startHeld(parley: RunningParley, said: string): Promise<string> {
  ollama.next({ chunks: [said, " and goes."], holdAfter: 1 });
  const path = await parley.start(`About ${said}`);
  await readUntil(await parley.fetch(path), (text) => text.includes(said));
  return path;
}

const idOf = (path: string) => found(path, /conversations\/([0-9a-f-]{36})/);

describe.each([smallDisk, stuckDisk])("while $reason", (kind) => {
  describe.runIf(kind.possible)("and Parley runs", () => {
    test("every form with a text comes back with it, status 503 and what to do", async () => {
      const [parley, full] = await launch(kind);
      ollama.next({ chunks: ["The tide comes."] });
      const conversation = await parley.start("About the tide");
      const page = await parley.page(conversation);
      const message = addressIn(page, /\/messages\/([0-9a-f-]{36})\/edit/);
      const held = await startHeld(parley, "The moon");
      await parley.post(`${held}/messages`, { prompt: "Later", model: MODEL });
      const waiting = addressIn(
        await readUntil(await parley.fetch(held), (t) => t.includes("/waiting-prompts/")),
        /waiting-prompts\/([0-9a-f-]{36})/,
      );
      full.fill(parley.pid);
      const forms = [
        "/conversations",
        `${conversation}/messages`,
        `${held}/messages`,
        `/messages/${message}/edit`,
        `/waiting-prompts/${waiting}/edit`,
        `/conversations/${idOf(conversation)}/rename`,
        `/conversations/${idOf(conversation)}/steering`,
        "/settings",
        `/settings/model?model=${MODEL}`,
        "/prompts",
      ];
      for (const form of forms) {
        const response = await parley.post(form, { ...NAMES, model: MODEL }, HTML);
        // The page of an answer that is being written does not end before it.
        const html = await readUntil(response, (text) => text.includes("Zq-typed</textarea>"));
        expect({ form, status: response.status }).toEqual({ form, status: 503 });
        expect(html, form).toContain(`Nothing can be saved: ${kind.reason}.`);
        expect(html, form).toContain("then try again.");
        expect(html, form).toContain("Zq-typed");
        expect(html, form).not.toContain("is kept");
      }
      const plain = ["delete", "pin", "archive"].map(
        (verb) => `/conversations/${idOf(conversation)}/${verb}`,
      );
      for (const form of plain) {
        const response = await parley.post(form, {}, HTML);
        expect({ form, status: response.status }).toEqual({ form, status: 503 });
        expect(await response.text(), form).toContain(kind.reason);
      }
      const health = await parley.fetch("/healthz");
      expect(health.status).toBe(503);
      expect(await health.json()).toMatchObject({
        status: "failing",
        database: "failing",
        reason: `Nothing can be saved: ${kind.reason}.`,
      });
      full.free(parley.pid);
      expect((await parley.fetch("/healthz")).status).toBe(200);
      const taken = await parley.post(`${conversation}/messages`, {
        prompt: "Once more",
        model: MODEL,
      });
      expect(taken.status).toBe(303);
      const saving = parley.log().filter(({ event }) => String(event).startsWith("saving"));
      expect(saving.map(({ event }) => event)).toEqual(["saving fails", "saving works again"]);
    }, 30_000);

    test("a prompt that is refused names the files to choose again", async () => {
      const [parley, full] = await launch(kind);
      full.fill(parley.pid);
      const form = new FormData();
      form.set("prompt", "Zq-typed");
      form.set("model", MODEL);
      form.append("files", new File(["words"], "notes.txt", { type: "text/plain" }));
      const response = await parley.fetch("/conversations", {
        method: "POST",
        body: form,
        headers: HTML,
      });
      const html = await response.text();
      expect(response.status).toBe(503);
      expect(html).toContain("Zq-typed");
      expect(html).toContain("notes.txt could not be saved.");
      expect(html).toContain("Choose it again");
      full.free(parley.pid);
    });

    test("an answer says that it is not saved, can be stopped, and is saved once there is room", async () => {
      const [parley, full] = await launch(kind, "--parallel", "1");
      const path = await startHeld(parley, "The tide comes");
      ollama.next({ chunks: ["The second."] });
      const second = await parley.start("Second");
      const unsaved = `Not saved yet: ${kind.reason}.`;
      const document = parley.fetch(path);
      await Bun.sleep(500);
      full.fill(parley.pid);
      ollama.release();
      const events = await parley.fetch(`${path}/events`);
      expect(await readUntil(events, (text) => text.includes(unsaved))).toContain(unsaved);
      expect(await readUntil(await parley.fetch(path), (t) => t.includes(unsaved))).toContain(
        "and goes.",
      );
      const begun = performance.now();
      const stop = actionIn(
        await readUntil(await parley.fetch(path), (text) => text.includes("/stop")),
        "stop",
        "any query",
      );
      expect((await parley.post(stop, {})).status).toBe(303);
      expect(performance.now() - begun).toBeLessThan(2_500);
      full.free(parley.pid);
      const whole = await (await document).text();
      expect(whole).toMatch(new RegExp(`${unsaved}.*Saved\\..*</html>`, "s"));
      expect(await parley.page(second)).toContain("<p>The second.</p>");
      await parley.end("SIGKILL");
      const after = await launcher.launch(["--ollama", ollama.url]);
      const page = await after.page(path);
      expect(page).toContain("<p>The tide comes and goes.</p>");
      expect(page).not.toContain("Not saved");
      const faults = parley.log().filter(({ level }) => level === "error");
      expect(faults.map(({ event }) => event)).toEqual(["saving fails"]);
      await after.end("SIGTERM");
    }, 30_000);

    test("an import that meets it has failed, and says why once that can be saved", async () => {
      const [parley, full] = await launch(kind);
      const conversations = Array.from({ length: 4_000 }, (_, n) => ({
        ...{
          format: "parley-conversation",
          version: 1,
          id: `conversation-${n}`,
          title: `Talk ${n}`,
        },
        messages: [{ id: "0", role: "user", content: `Why ${n}?` }],
      }));
      const form = new FormData();
      form.set("file", new File([JSON.stringify(conversations)], "conversations.json"));
      const response = await parley.fetch("/imports", { method: "POST", body: form });
      const report = response.headers.get("location") ?? "";
      full.fill(parley.pid);
      await Bun.sleep(1_500);
      expect(await parley.page(report)).toContain('data-state="running"');
      full.free(parley.pid);
      await vi.waitFor(
        async () => expect(await parley.page(report)).not.toContain('data-state="running"'),
        { timeout: 15_000 },
      );
      expect(await parley.page(report)).toContain(`Nothing can be saved: ${kind.reason}.`);
    }, 30_000);

    test("SIGTERM ends it, and what was saved before is there after the next start", async () => {
      const [parley, full] = await launch(kind);
      const path = await startHeld(parley, "The tide comes");
      await Bun.sleep(500);
      full.fill(parley.pid);
      ollama.release();
      await readUntil(await parley.fetch(path), (text) => text.includes("Not saved yet"));
      expect((await parley.end("SIGTERM")).code).toBe(0);
      full.free(parley.pid);
      const after = await launcher.launch(["--ollama", ollama.url]);
      expect(await after.page(path)).toMatch(/The tide comes.*Interrupted.*\/continue"/s);
      await after.end("SIGTERM");
    }, 30_000);
  });
});

describe.runIf(smallDisk.possible)("a start on a full disk", () => {
  test("of a new database says so", async () => {
    disk = smallDisk.make(launcher.data);
    disk.fill(0);
    const { code, stderr } = await launcher.run(["--port", "0", "--data", launcher.data]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^parley: The database [^\n]+ cannot be opened: the disk is full\.\n$/);
  });

  test("of an older database says so, leaves it as it was, and no copy in part", async () => {
    disk = smallDisk.make(launcher.data);
    const file = join(launcher.data, "parley.db");
    const made = launcher.path("old.db");
    makeOld(made, 5 * 1024 * 1024);
    copyFileSync(made, file);
    const before = readFileSync(file);
    const { code, stderr } = await launcher.run(["--port", "0", "--data", launcher.data]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^parley: The database [^\n]+ cannot be opened: the disk is full\.\n$/);
    expect(readdirSync(launcher.data).filter((name) => name.includes("before-migration"))).toEqual(
      [],
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

/** A database as the first version left it, of this size. */
function makeOld(file: string, bytes: number): void {
  const [first] = JSON.parse(readFileSync("drizzle/meta/_journal.json", "utf8")).entries;
  const db = new Database(file, { create: true });
  db.run("pragma journal_mode = wal");
  db.run(readFileSync(`drizzle/${first.tag}.sql`, "utf8"));
  db.run(
    "create table __drizzle_migrations (id integer primary key, hash text, created_at numeric)",
  );
  db.query("insert into __drizzle_migrations (hash, created_at) values ('', ?)").run(first.when);
  db.query("insert into conversations values ('c', 'local', ?, null, 1, 1)").run("x".repeat(bytes));
  db.run("pragma wal_checkpoint(truncate)");
  db.close(true);
}
