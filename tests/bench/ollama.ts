import { resolve } from "node:path";
import { endWithBench } from "./process";

/** A prompt of the bench: what the scripted host answers. */
export interface Ask {
  text: "markdown" | "code";
  /** Tokens of Markdown, or lines of code. */
  size: number;
  seed?: number;
  /** Between two chunks; 0 is as fast as possible. */
  everyMs: number;
  /** Before the first chunk. */
  promptMs?: number;
  /** A stamp before everything, or in front of every nth word. */
  stamps?: "first" | number;
  /** Waits for `release()` before the first chunk. */
  held?: boolean;
}

export interface OllamaProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** Lets every held answer begin. */
  release(): void;
  /** How many answers are held now. */
  held(): Promise<number>;
}

export const MODEL = "gemma3:4b";

export async function startOllama(): Promise<OllamaProcess> {
  const began = Promise.withResolvers<string>();
  let tellHeld = (_held: number) => {};
  const child = Bun.spawn([process.execPath, resolve(import.meta.dir, "host.ts")], {
    stdio: ["ignore", "inherit", "inherit"],
    ipc(message: { url?: string; held?: number }) {
      if (message.url !== undefined) began.resolve(message.url);
      if (message.held !== undefined) tellHeld(message.held);
    },
  });
  endWithBench(child);
  void child.exited.then(() => began.reject(new Error("the scripted Ollama did not start")));
  const url = await began.promise;
  return {
    url,
    pid: child.pid,
    release: () => child.send("release"),
    held() {
      const { promise, resolve: tell } = Promise.withResolvers<number>();
      tellHeld = tell;
      child.send("held");
      return promise;
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await child.exited;
    },
  };
}

/** Asks a host directly, without Parley. */
export function askOllama(url: string, ask: Ask): Promise<Response> {
  const messages = [{ role: "user", content: JSON.stringify(ask) }];
  return fetch(`${url}/api/chat`, {
    method: "POST",
    body: JSON.stringify({ model: MODEL, messages, stream: true }),
  });
}
