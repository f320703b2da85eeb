import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ask, dial, linesIn } from "./client";
import { type PullScenario, type ScriptedOllama, startScriptedOllama } from "./host";
import * as traces from "./traces";

let host: ScriptedOllama;
beforeEach(async () => {
  host = await startScriptedOllama();
  host.alwaysPull({ everyMs: 5 });
});
afterEach(() => host.stop());

interface Line {
  status?: string;
  digest?: string;
  total?: number;
  completed?: number;
  error?: string;
}

async function pull(model = "tinyowl", scenario?: PullScenario) {
  if (scenario) host.nextPull(scenario);
  const reply = await ask(host, "POST", "/api/pull", { name: model });
  return { ...reply, lines: linesIn(reply.text).map((line) => JSON.parse(line) as Line) };
}

// Which bytes had come when a line was written differs; everything else is compared.
const bytesCovered = (text: string) => text.replace(/"completed":[1-9]\d*/g, '"completed":N');

const progress = (lines: Line[]) => lines.filter(({ digest }) => digest);

describe("a pull", () => {
  test("of a new model is that of the trace", async () => {
    const reply = await pull();
    expect(reply).toMatchObject({ status: 200, type: "application/x-ndjson" });
    expect(bytesCovered(reply.text)).toBe(`${bytesCovered(traces.freshPull)}\n`);
    const bytes = progress(reply.lines).map(({ completed }) => completed);
    expect(bytes[0]).toBeUndefined();
    expect(bytes.slice(1)).toEqual([...bytes.slice(1)].sort((a = 0, b = 0) => a - b));
    expect(bytes.at(-1)).toBeLessThan(815310432);
    expect(host.models.map(({ name }) => name)).toContain("tinyowl:latest");
  });

  test("writes a line every 60 ms unless told otherwise", async () => {
    host.alwaysPull(undefined);
    const before = performance.now();
    await pull();
    expect(performance.now() - before).toBeGreaterThan(4 * 55);
  });

  test("again shows every layer once, complete", async () => {
    await pull();
    expect((await pull()).text).toBe(`${traces.repeatedPull}\n`);
    expect(host.models.filter(({ name }) => name === "tinyowl:latest")).toHaveLength(1);
  });

  test("of a cloud stub has no progress, one of safetensors has its own", async () => {
    expect((await pull("gpt-oss:120b-cloud")).text).toBe(`${traces.cloudPull}\n`);
    host.library.push({
      name: "mlx:latest",
      capabilities: ["completion"],
      details: { format: "safetensors" },
      layers: [{ digest: "sha256:00", size: 9126805504 }],
    });
    const { lines } = await pull("mlx");
    const expected = traces.safetensorsPull.split("\n").map((line) => JSON.parse(line) as Line);
    const statuses = new Set(lines.map(({ status }) => status));
    expect([...statuses]).toEqual(expected.map(({ status }) => status));
    expect(progress(lines)[1]).toMatchObject({ digest: "sha256:model", total: 9126805504 });
  });

  test("that replaces layers removes the old ones", async () => {
    const layers = [{ digest: `sha256:${"ab".repeat(32)}`, size: 50_000_000 }];
    host.library = [{ name: "gemma3:4b", capabilities: ["completion"], layers }];
    const { lines } = await pull("gemma3:4b");
    expect(lines.slice(-3).map(({ status }) => status)).toEqual([
      "writing manifest",
      "removing unused layers",
      "success",
    ]);
    expect(lines[1]?.status).toBe("pulling abababababab");
  });

  test("without a stream is one document", async () => {
    const body = { model: "tinyowl", stream: false };
    const reply = await ask(host, "POST", "/api/pull", body);
    expect(reply).toMatchObject({ status: 200, text: '{"status":"success"}' });
    const unknown = await ask(host, "POST", "/api/pull", { model: "nope", stream: false });
    expect(unknown).toMatchObject({
      status: 500,
      text: '{"error":"pull model manifest: file does not exist"}',
    });
  });
});

describe("a pull that ends early", () => {
  test("fails with an error line after the status 200", async () => {
    const { status, text } = await pull("nope");
    expect(status).toBe(200);
    expect(linesIn(text)).toEqual([
      '{"status":"pulling manifest"}',
      '{"error":"pull model manifest: file does not exist"}',
    ]);
    const offline = await pull("tinyowl", { fail: { error: "dial tcp: no such host" } });
    expect(offline.lines[1]).toEqual({ error: "dial tcp: no such host" });
  });

  test("fails when the digests do not fit, and starts from nothing again", async () => {
    const error =
      "digest mismatch, file must be downloaded again: want sha256:ee11954e..., got sha256:8a96f62c...";
    const { lines } = await pull("tinyowl", { everyMs: 5, fail: { error, at: "verify" } });
    expect(lines.slice(-2)).toEqual([{ status: "verifying sha256 digest" }, { error }]);
    expect(host.models.map(({ name }) => name)).not.toContain("tinyowl:latest");
    expect(progress((await pull()).lines)[0]).not.toHaveProperty("completed");
  });

  test("keeps its bytes when the client leaves, and the next one goes on from there", async () => {
    host.nextPull({ everyMs: 5, holdAfter: 3 });
    const client = dial(host, "/api/pull", { model: "tinyowl" });
    await vi.waitFor(() => expect(host.held()).toBe(1));
    client.leave();
    await vi.waitFor(() => expect(host.held()).toBe(0));
    await vi.waitFor(() => expect(host.requests[0]?.closedByClient).toBeGreaterThan(0));
    const [first] = progress((await pull()).lines);
    expect(first?.completed).toBe(407655216);
  });

  test("does not end another pull of the same layer", async () => {
    host.always(undefined);
    host.alwaysPull({ everyMs: 20, steps: 10 });
    const leaving = dial(host, "/api/pull", { model: "tinyowl" });
    await vi.waitFor(() => expect(leaving.received()).toContain('"completed"'));
    const staying = pull();
    await vi.waitFor(() => expect(host.requests).toHaveLength(2));
    leaving.leave();
    const { lines } = await staying;
    expect(progress(lines)[0]?.completed).toBeGreaterThan(0);
    expect(lines.at(-1)).toEqual({ status: "success" });
  });
});
