import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createLog, type LogFields } from "../../app/log.server";
import { readSettings, type Settings } from "../../app/settings.server";
import { type ScriptedOllama, startScriptedOllama } from "../ollama/host";

/** A running Parley on a fresh file, with a scripted Ollama behind it, as a test sees it: from outside. */
export interface TestParley extends AsyncDisposable {
  readonly url: string;
  readonly ollama: ScriptedOllama;
  readonly folder: string;
  /** What was logged, an event each. */
  readonly log: LogFields[];
  /** A request as a browser on the page sends it; redirects are not followed. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A form as a browser on the page sends it. */
  post(path: string, fields: Record<string, string>, headers?: HeadersInit): Promise<Response>;
  /** Begins a conversation and gives its path. */
  start(prompt: string, model?: string): Promise<string>;
  /** Ends the server as SIGTERM does and starts another on the same file. */
  restart(): Promise<void>;
}

export interface TestOptions {
  settings?: Partial<Settings>;
  everyMs?: number;
  /** Use a scripted host that is there already. */
  ollama?: ScriptedOllama;
  patterns?: boolean;
}

/** Starts one; the build must be there (`bun run build`), since routes are compiled. */
export async function startParley(options: TestOptions = {}): Promise<TestParley> {
  const { serve } = (await import(resolve("build/server.js"))) as typeof import("../../app/server");
  const folder = mkdtempSync(join(tmpdir(), "parley-test-"));
  const ollama = options.ollama ?? (await startScriptedOllama({ everyMs: options.everyMs ?? 1 }));
  const reading = readSettings(
    ["--port", "0", "--data", folder, "--ollama", ollama.url],
    {},
    folder,
  );
  if (reading.kind !== "serve") throw new Error("the test's own settings are wrong");
  const settings = { ...reading.settings, ...options.settings };
  const log: LogFields[] = [];
  const around = {
    folder: resolve("build/files"),
    version: "0.0.0-test",
    log: createLog({ level: "debug", pretty: false, write: (line) => log.push(JSON.parse(line)) }),
    patterns: options.patterns ?? false,
  };
  let server = await serve(settings, around);
  const same = () => ({ "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate" });
  const parley: TestParley = {
    get url() {
      return server.url;
    },
    ollama,
    folder,
    log,
    fetch: (path, init = {}) =>
      fetch(server.url + path, {
        redirect: "manual",
        ...init,
        headers: { ...same(), ...Object.fromEntries(new Headers(init.headers)) },
      }),
    post: (path, fields, headers = {}) =>
      parley.fetch(path, { method: "POST", body: new URLSearchParams(fields), headers }),
    async start(prompt, model = "gemma3:4b") {
      const response = await parley.post("/conversations", { prompt, model });
      const location = response.headers.get("location");
      if (response.status !== 303 || !location) {
        throw new Error(`not started: ${response.status} ${await response.text()}`);
      }
      return location;
    },
    async restart() {
      await server.stop();
      server = await serve(settings, around);
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      if (!options.ollama) await ollama.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return parley;
}
