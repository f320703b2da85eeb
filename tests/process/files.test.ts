import { readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PDF_MEMORY_BYTES, PDF_MS } from "../../app/limits";
import { pdf, pdfBomb, png } from "../support/files";
import { answersOf, attributeIn } from "../support/page";
import { closedPort, Launcher, type RunningParley } from "../support/process";

/** What the executable does with files: pictures by Bun itself, PDFs in a second process of its own. */
let launcher: Launcher;
let parley: RunningParley;

beforeEach(async () => {
  launcher = new Launcher();
  parley = await launcher.launch(["--ollama", `http://127.0.0.1:${await closedPort()}`]);
});
afterEach(() => launcher[Symbol.asyncDispose]());

function send(name: string, content: Uint8Array): Promise<Response> {
  const body = new FormData();
  body.set("prompt", "");
  body.set("model", "eliza");
  body.append("files", new File([new Uint8Array(content)], name));
  return parley.fetch("/conversations", { method: "POST", body });
}

test("a PDF is read", async () => {
  const response = await send("tides.pdf", pdf(["I need a holiday"]));
  expect(response.status).toBe(303);
  const html = await parley.page(response.headers.get("location") ?? "");
  expect(html).toContain("tides.pdf");
  expect(answersOf(html).at(-1)).toMatch(/<p>\w/);
});

test("a PDF that is none is refused, and all goes on", async () => {
  const response = await send("cut.pdf", pdf(["Tides"]).subarray(0, 80));
  expect(response.status).toBe(422);
  expect(await response.text()).toContain("cut.pdf cannot be read as a PDF.");
  expect((await parley.fetch("/healthz")).status).toBe(200);
});

test("a PDF that unpacks to more than a machine has is given up, and all goes on", async () => {
  const begun = performance.now();
  const sent = send("bomb.pdf", pdfBomb());
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, memoryOf(childOf(parley.pid)));
  }, 10);
  const response = await sent.finally(() => clearInterval(looking));
  expect(response.status).toBe(422);
  expect(performance.now() - begun).toBeLessThan(PDF_MS);
  expect(most / PDF_MEMORY_BYTES).toBeLessThan(1.5);
  expect(await response.text()).toContain("bomb.pdf takes too much time or memory to read.");
  expect((await parley.fetch("/healthz")).status).toBe(200);
});

test("a picture is made smaller, and waits for a model that sees", async () => {
  const response = await send("tide.png", png(3_000, 1_500));
  expect(response.status).toBe(422);
  const html = await response.text();
  expect(html).toContain("eliza cannot see pictures.");
  const small = await parley.fetch(attributeIn(html, "src", /^\/files\/.+\/thumbnail$/));
  const metadata = await new Bun.Image(await small.bytes()).metadata();
  expect(metadata).toEqual({ width: 320, height: 160, format: "webp" });
});

test("a PDF that takes long is read no further when Parley is killed", async () => {
  const sent = send("long.pdf", pdfBomb()).catch(() => undefined);
  let reader: number | undefined;
  await vi.waitFor(() => {
    reader = childOf(parley.pid);
    expect(reader).toBeDefined();
  });
  await parley.end("SIGKILL");
  await sent;
  await vi.waitFor(() => expect(isRunning(reader)).toBe(false), { timeout: 1_000 });
});

/** The process that this one has started; Linux alone tells. */
function childOf(pid: number): number | undefined {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const children = tasks.flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" "),
  );
  return children.map(Number).find((child) => child > 0);
}

/** The memory that a process holds, in bytes. */
function memoryOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Whether a process does anything; one that has ended may wait for somebody to ask how. */
function isRunning(pid: number | undefined): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
