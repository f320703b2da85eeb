import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createLog, type LogFields } from "../../app/log.server";
import { readSettings, type Settings } from "../../app/settings.server";
import { type ScriptedOllama, startScriptedOllama } from "../ollama/host";
import { type Visitor, visitor } from "./visitor";

/** A running Parley on a fresh file, with a scripted Ollama behind it, as a test sees it: from outside. */
export interface TestParley extends Visitor, AsyncDisposable {
  readonly url: string;
  readonly ollama: ScriptedOllama;
  readonly folder: string;
  /** What was logged, an event each. */
  readonly log: LogFields[];
  /** Ends the server as SIGTERM does and starts another on the same file. */
  restart(): Promise<void>;
}

export interface TestOptions {
  settings?: Partial<Settings>;
  everyMs?: number;
  /** Use a scripted host that is there already. */
  ollama?: ScriptedOllama;
  patterns?: boolean;
  /** How long nobody must have asked anything before a title is written, default 50. */
  quietMs?: number;
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
  // A title is one more chat, which most tests do not want to see.
  const settings = { ...reading.settings, titles: false, ...options.settings };
  const log: LogFields[] = [];
  const around = {
    folder: resolve("build/files"),
    version: "0.0.0-test",
    log: createLog({ level: "debug", pretty: false, write: (line) => log.push(JSON.parse(line)) }),
    patterns: options.patterns ?? false,
    quietMs: options.quietMs ?? 50,
  };
  let server = await serve(settings, around);
  // A restart may find another free port, so each visit asks where the server is.
  const visit = () => visitor(server.url);
  const parley: TestParley = {
    get url() {
      return server.url;
    },
    ollama,
    folder,
    log,
    fetch: (path, init) => visit().fetch(path, init),
    page: (path, headers) => visit().page(path, headers),
    post: (path, fields, headers) => visit().post(path, fields, headers),
    start: (prompt, model) => visit().start(prompt, model),
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
