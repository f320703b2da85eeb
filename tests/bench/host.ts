/** The scripted Ollama as a process. Each prompt describes its answer in JSON. */
import { startScriptedOllama } from "../ollama/host";
import type { ChatBody, Scenario } from "../ollama/types";
import type { Ask } from "./ollama";
import { stampedChunk, withStamps } from "./stamps";
import { codeChunks, markdownChunks } from "./text";

const texts = new Map<string, string[]>();

/** Made once: the time that it takes is not the host's. */
function textOf({ text, size, seed }: Ask): string[] {
  const key = `${text} ${size} ${seed}`;
  const chunks =
    texts.get(key) ?? (text === "code" ? codeChunks(size) : markdownChunks(size, seed));
  texts.set(key, chunks);
  return chunks;
}

function scenarioOf(chat: ChatBody): Scenario {
  const ask = JSON.parse(
    chat.messages.findLast(({ role }) => role === "user")?.content ?? "",
  ) as Ask;
  const { everyMs, promptMs = 0 } = ask;
  const text = textOf(ask);
  const chunks =
    ask.stamps === "first"
      ? [stampedChunk("", 0), ...text]
      : ask.stamps
        ? withStamps(text, ask.stamps).chunks
        : text;
  return { chunks, everyMs, promptMs, ...(ask.held ? { holdAfter: 0 } : {}) };
}

const host = await startScriptedOllama({ slots: 10_000 });
host.always(scenarioOf);
process.on("message", (message) => {
  if (message === "release") host.release();
  if (message === "held") process.send?.({ held: host.held() });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ url: host.url });
