import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ScriptedOllama, startScriptedOllama } from "../ollama/host";
import { actionIn, answersOf, readUntil } from "../support/page";
import { Launcher, type RunningParley } from "../support/process";

let launcher: Launcher;
let ollama: ScriptedOllama;

beforeEach(async () => {
  launcher = new Launcher();
  ollama = await startScriptedOllama({ everyMs: 1 });
});
afterEach(async () => {
  await launcher[Symbol.asyncDispose]();
  await ollama.stop();
});

const launch = (...args: string[]) => launcher.launch(["--ollama", ollama.url, ...args]);

/** A conversation whose answer has said this much and is held there. */
async function startHeld(parley: RunningParley, said: string): Promise<string> {
  ollama.next({ chunks: [said, "never said"], holdAfter: 1 });
  const path = await parley.start("Tell me");
  await readUntil(await parley.fetch(path), (text) => text.includes(said));
  return path;
}

describe.each(["SIGTERM", "SIGINT"] as const)("%s while an answer is being written", (signal) => {
  test("ends the documents and events that show it, saves its text and exits with 0", async () => {
    const parley = await launch();
    const path = await startHeld(parley, "The tide comes");
    const [document, events] = await Promise.all([
      parley.fetch(path),
      parley.fetch(`${path}/events`),
    ]);
    const read = Promise.all([document.text(), events.text()]);
    const begun = performance.now();
    const { code } = await parley.end(signal);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(code).toBe(0);
    const [html, stream] = await read;
    expect(html).toMatch(/The tide comes.*Interrupted.*\/continue".*<\/html>/s);
    expect(stream).toMatch(/The tide comes.*event: done\ndata: \n\n$/s);
    expect(ollama.active()).toBe(0);
  });

  test("leaves an answer that is shown with Continue after the next start, and continues", async () => {
    const first = await launch();
    const path = await startHeld(first, "The tide comes");
    await first.end(signal);
    const second = await launch();
    const html = await second.page(path);
    expect(html).toMatch(/<p>The tide comes<\/p>.*Interrupted/s);
    ollama.next({ chunks: [" and ", "goes."] });
    expect((await second.post(actionIn(html, "continue"), {})).status).toBe(303);
    expect(await second.page(path)).toContain("<p>The tide comes and goes.</p>");
    expect(ollama.chats().at(-1)?.body).toMatchObject({
      messages: [{ content: "Tell me" }, { role: "assistant", content: "The tide comes" }],
    });
  });
});

describe("answers that wait when Parley ends", () => {
  test("are written after the next start, in order", async () => {
    const first = await launch("--parallel", "1");
    await startHeld(first, "Held");
    const waiting = [await first.start("Second"), await first.start("Third")];
    await first.end("SIGTERM");
    ollama.next({ chunks: ["Two."] });
    ollama.next({ chunks: ["Three."] });
    const second = await launch("--parallel", "1");
    const answers = await Promise.all(
      waiting.map(async (path) => answersOf(await second.page(path)).at(-1)),
    );
    expect(answers[0]).toContain("<p>Two.</p>");
    expect(answers[1]).toContain("<p>Three.</p>");
  });

  test("are written once Ollama is there, where it starts later than Parley", async () => {
    const first = await launch("--parallel", "1");
    await startHeld(first, "Held");
    const waiting = await first.start("Second");
    await first.end("SIGTERM");
    await ollama.goAway();
    const second = await launch();
    const answer = second.page(waiting);
    await Bun.sleep(1_500);
    ollama.next({ chunks: ["Two."] });
    await ollama.comeBack();
    expect(await answer).toContain("<p>Two.</p>");
  });

  test("do not keep it from ending, though someone looks at them", async () => {
    const parley = await launch("--parallel", "1");
    await startHeld(parley, "Held");
    const waiting = await parley.fetch(await parley.start("Second"));
    const seen = readUntil(waiting, (text) => text.includes("in the queue"));
    expect(await seen).toContain("First in the queue");
    const begun = performance.now();
    expect((await parley.end("SIGTERM")).code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

test("SIGTERM with a connection open and nothing to do exits with 0 at once", async () => {
  const parley = await launch();
  await parley.page("/");
  const begun = performance.now();
  expect((await parley.end("SIGTERM")).code).toBe(0);
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test("neither Stop nor SIGTERM waits for a host that takes connections and says nothing", async () => {
  const mute = createServer(() => {}).listen(0, "127.0.0.1");
  await once(mute, "listening");
  const { port } = mute.address() as AddressInfo;
  const parley = await launcher.launch(["--ollama", `127.0.0.1:${port}`]);
  const path = await parley.start("Anyone?");
  const page = await readUntil(await parley.fetch(path), (text) => text.includes("/stop"));
  const ms = async (done: Promise<unknown>) => {
    const begun = performance.now();
    await done;
    return performance.now() - begun;
  };
  expect(await ms(parley.post(actionIn(page, "stop", "any query"), {}))).toBeLessThan(2_500);
  expect(await parley.page(path)).toContain("Stopped");
  await parley.start("Anyone now?");
  expect(await ms(parley.end("SIGTERM"))).toBeLessThan(2_500);
  mute.close();
});

describe("the log", () => {
  test("is one JSON line an event, from the start to the end, and never what was said", async () => {
    const first = await launch();
    ollama.next({ chunks: ["A secret answer."] });
    await first.page(await first.start("A secret prompt"));
    await startHeld(first, "Held");
    const { stderr } = await first.end("SIGTERM");
    const [begin, ...events] = first.log();
    expect(begin).toMatchObject({ level: "info", event: "listening", url: first.url });
    expect(events).toMatchObject([
      { event: "generation ended", state: "finished" },
      { event: "generation ended", state: "interrupted" },
      { event: "stopped" },
    ]);
    for (const { time } of first.log())
      expect(Date.now() - Date.parse(String(time))).toBeLessThan(60_000);
    expect(stderr).not.toMatch(/secret|Held/);
  });

  test("may lose its reader, and conversations go on", async () => {
    const parley = await launch();
    await parley.stopReading();
    ollama.next({ chunks: ["Still here."] });
    expect(await parley.page(await parley.start("Hello?"))).toContain("Still here.");
    ollama.next({ chunks: ["And here."] });
    expect(await parley.page(await parley.start("Hello again?"))).toContain("And here.");
  });

  test("shows with DEBUG=1 where a warning came from", async () => {
    const stacks = async (env: Record<string, string>) => {
      const parley = await launcher.launch([], env);
      await parley.post("/healthz", {});
      await vi.waitFor(() => expect(parley.log()[1]).toMatchObject({ level: "warn" }));
      await parley.end("SIGTERM");
      return JSON.stringify(parley.log()[1]).includes('"stack":');
    };
    expect(await stacks({})).toBe(false);
    expect(await stacks({ DEBUG: "1" })).toBe(true);
  });
});
