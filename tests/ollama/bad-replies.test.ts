import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { endless, lineOf, redirectTo } from "./bad-replies";
import { ask, dial, linesIn } from "./client";
import { type ScriptedOllama, startScriptedOllama } from "./host";

let host: ScriptedOllama;
beforeEach(async () => {
  host = await startScriptedOllama({ everyMs: 0 });
});
afterEach(() => host.stop());

const gemma = { model: "gemma3:4b", messages: [{ role: "user", content: "x" }] };

test("a path gives a bad reply until that is taken back", async () => {
  host.replyWith("/api/tags", redirectTo(`${host.url}/`, 302));
  expect((await ask(host, "GET", "/api/tags")).text).toBe("Ollama is running");
  host.replyWith("/api/tags", undefined);
  expect((await ask(host, "GET", "/api/tags")).text).toContain('"models"');
});

test("an endless reply is sent until the client leaves", async () => {
  host.replyWith("/api/chat", endless(lineOf("x")));
  const client = dial(host, "/api/chat", gemma);
  await vi.waitFor(() => expect(client.received().length).toBeGreaterThan(1_000_000));
  client.leave();
  await vi.waitFor(() => expect(host.chats()[0]?.closedByClient).toBeDefined());
});

describe("a model that never stops by itself", () => {
  const endsWith = async (options: object) => {
    host.next({ chunks: ["A"], endless: "a" });
    return linesIn((await ask(host, "POST", "/api/chat", { ...gemma, options })).text);
  };

  test.each([-1, -2, undefined])("ends at ten times its context with num_predict %s", async (n) => {
    const lines = await endsWith({ num_ctx: 2048, ...(n === undefined ? {} : { num_predict: n }) });
    expect(lines).toHaveLength(20_481);
    expect(lines.at(-1)).toContain('"done_reason":"length"');
  });

  test("ends at num_predict where that is given", async () => {
    expect(await endsWith({ num_predict: 7 })).toHaveLength(8);
  });
});

test("two names of the same weights share a runner, and ps shows the one it was loaded by", async () => {
  host.models = [{ name: "first:1b", capabilities: ["completion"] }, ...host.models];
  await ask(host, "POST", "/api/copy", { source: "first:1b", destination: "second:1b" });
  await ask(host, "POST", "/api/chat", { ...gemma, model: "first:1b" });
  await ask(host, "POST", "/api/chat", { ...gemma, model: "second:1b" });
  const { models } = JSON.parse((await ask(host, "GET", "/api/ps")).text);
  expect(models.map(({ name }: { name: string }) => name)).toEqual(["first:1b"]);
});
