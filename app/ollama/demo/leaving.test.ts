import { Ollama } from "ollama";
import { expect, test, vi } from "vitest";
import { createDemoHost } from "./host";

const HOST = "http://demo.invalid";

function say(content: string) {
  return { model: "eliza", messages: [{ role: "user", content }] };
}

test("an abort within the stream ends it as an AbortError", async () => {
  const host = createDemoHost({ wordMs: 5 });
  const client = new Ollama({ host: HOST, fetch: host as typeof fetch });
  const stream = await client.chat({
    ...say("write something long"),
    stream: true,
  });
  const read: string[] = [];
  const reading = (async () => {
    for await (const chunk of stream) {
      read.push(chunk.message.content);
      if (read.length === 3) stream.abort();
    }
  })();
  await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  expect(read).toHaveLength(3);
});

const demo = createDemoHost({ wordMs: 60_000 });
const ask = (signal: AbortSignal, stream: boolean) =>
  demo(`${HOST}/api/chat`, {
    method: "POST",
    body: JSON.stringify({ ...say("Hello"), stream }),
    signal,
  });

test.each([true, false])(
  "an abort before the head rejects at once (stream: %s)",
  async (stream) => {
    const leaving = new AbortController();
    const answer = ask(leaving.signal, stream);
    setTimeout(() => leaving.abort(), 5);
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
    await expect(ask(leaving.signal, stream)).rejects.toMatchObject({ name: "AbortError" });
  },
);

test("the reason of an abort is handed on", async () => {
  const answer = ask(AbortSignal.timeout(5), true);
  await expect(answer).rejects.toMatchObject({ name: "TimeoutError" });
});

test("a timer runs only while somebody reads", async () => {
  const host = createDemoHost({ wordMs: 10 });
  const set = vi.spyOn(globalThis, "setTimeout");
  const cleared = vi.spyOn(globalThis, "clearTimeout");
  try {
    const body = JSON.stringify(say("write something long"));
    const answer = await host(`${HOST}/api/chat`, { method: "POST", body });
    expect(set).toHaveBeenCalledTimes(1);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await reader.read();
    expect(set).toHaveBeenCalledTimes(2);

    const pending = reader.read();
    await Promise.resolve();
    expect(set).toHaveBeenCalledTimes(3);
    await reader.cancel();
    expect((await pending).done).toBe(true);
    expect(cleared).toHaveBeenCalledTimes(1);
  } finally {
    set.mockRestore();
    cleared.mockRestore();
  }
});
