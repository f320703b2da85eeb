import { Database } from "bun:sqlite";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SETTINGS } from "../../app/settings.server";
import { version } from "../../package.json";
import { Launcher } from "../support/process";

let launcher: Launcher;

beforeEach(() => {
  launcher = new Launcher();
});
afterEach(() => launcher[Symbol.asyncDispose]());

describe("a command that only tells", () => {
  test("--help names every setting and ends with code 0", async () => {
    const { code, stdout, stderr } = await launcher.run(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const { flag, env } of Object.values(SETTINGS)) {
      for (const name of [`--${flag} `, ...env]) expect(stdout).toContain(name);
    }
  });

  test("--version says the version and nothing else", async () => {
    const told = await launcher.run(["--version"]);
    expect(told).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

test("bad settings are listed all at once, with code 2, and nothing is made", async () => {
  const { code, stdout, stderr } = await launcher.run(
    ["--data", launcher.data, "--port", "http", "--parallel=0", "--colour", "red"],
    { LOG_LEVEL: "loud", OLLAMA_HOST: "ftp://host" },
  );
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  const [head, ...faults] = stderr.trimEnd().split("\n");
  expect(head).toBe("parley cannot start:");
  for (const name of ["--colour", "--port", "--parallel", "LOG_LEVEL", "OLLAMA_HOST"]) {
    expect(faults.filter((fault) => fault.includes(name))).toHaveLength(1);
  }
  expect(faults).toHaveLength(5);
  expect(existsSync(launcher.data)).toBe(false);
});

describe("a start that cannot be says why in one sentence, with code 1:", () => {
  async function refusal(args: string[]): Promise<string> {
    const { code, stdout, stderr } = await launcher.run(["--port", "0", ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^parley: [^\n]+\.\n$/);
    return stderr;
  }

  test("the port is taken", async () => {
    const { port } = new URL((await launcher.launch()).url);
    const sentence = await refusal(["--data", launcher.path("other"), "--port", port]);
    expect(sentence).toContain(`Port ${port}`);
    expect(sentence).toContain("--port");
  });

  test("the folder cannot be written", async () => {
    writeFileSync(launcher.path("notes"), "mine");
    const sentence = await refusal(["--data", launcher.path("notes", "data")]);
    expect(sentence).toContain(launcher.path("notes", "data"));
    expect(sentence).toContain("--data");
  });

  test.each(["parley.db", "parley.db.lock"])("%s cannot be opened", async (name) => {
    mkdirSync(join(launcher.data, name), { recursive: true });
    const sentence = await refusal(["--data", launcher.data]);
    expect(sentence).toContain(join(launcher.data, name));
    expect(sentence).toContain("unable to open");
  });

  // Root may write everything.
  test.skipIf(process.getuid?.() === 0)("the database may only be read", async () => {
    await (await launcher.launch()).end("SIGTERM");
    const file = join(launcher.data, "parley.db");
    chmodSync(file, 0o444);
    expect(await refusal(["--data", launcher.data])).toContain(`${file} cannot be written`);
  });

  test("the database is of a newer Parley, and stays as it is", async () => {
    await (await launcher.launch()).end("SIGTERM");
    const file = join(launcher.data, "parley.db");
    const db = new Database(file);
    db.run("insert into __drizzle_migrations (hash, created_at) values ('next', 9000000000000)");
    db.close();
    const before = readFileSync(file);
    const files = readdirSync(launcher.data);
    const sentence = await refusal(["--data", launcher.data]);
    expect(sentence).toContain("newer Parley");
    expect(sentence).toContain(file);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(launcher.data)).toEqual(files);
  });

  test("another Parley has the database, and that one goes on", async () => {
    const first = await launcher.launch();
    expect(await refusal(["--data", launcher.data])).toContain("Another Parley");
    expect((await first.fetch("/healthz")).status).toBe(200);
  });
});

test("a database is free again once the Parley that had it was killed", async () => {
  await (await launcher.launch()).end("SIGKILL");
  const second = await launcher.launch();
  expect((await second.fetch("/healthz")).status).toBe(200);
});

test("DATABASE_URL names the file, and then there is no data folder", async () => {
  const file = launcher.path("elsewhere", "talk.db");
  const parley = await launcher.launch([], { DATABASE_URL: `sqlite:${file}` });
  expect(parley.log()[0]).toMatchObject({ event: "listening", data: file });
  await parley.end("SIGTERM");
  expect(existsSync(file)).toBe(true);
  expect(existsSync(launcher.data)).toBe(false);
});

test.runIf(process.platform === "linux")(
  "for many answers at a time it starts anew in its own process, with what the runtime needs",
  async () => {
    const environmentOf = (pid: number) => readFileSync(`/proc/${pid}/environ`, "utf8");
    const few = await launcher.launch(["--parallel", "8"]);
    expect(environmentOf(few.pid)).not.toContain("BUN_");
    await few.end("SIGTERM");
    const many = await launcher.launch(["--parallel", "500"], {
      BUN_JSC_forceRAMSize: "268435456",
    });
    expect(environmentOf(many.pid)).toContain("BUN_CONFIG_MAX_HTTP_REQUESTS=516");
    expect(environmentOf(many.pid)).toContain("BUN_JSC_forceRAMSize=268435456");
    await many.end("SIGTERM");
    const plain = await launcher.launch(["--parallel", "500"]);
    expect(environmentOf(plain.pid)).toContain("BUN_JSC_forceRAMSize=134217728");
  },
);
