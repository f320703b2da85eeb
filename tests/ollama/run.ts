import { parseArgs } from "node:util";
import { words } from "./answers";
import { defaultModels } from "./catalog";
import { startScriptedOllama } from "./host";

/** Runs the host by hand: `bun tests/ollama/run.ts [--port 11434] [--speed tokensPerSecond]`. */
async function run(): Promise<void> {
  const { port, speed } = readArguments();
  // A first answer that is late, as it is with a real model.
  const models = defaultModels().map((model) => ({ ...model, loadMs: 1200 }));
  const host = await startScriptedOllama({ port, everyMs: 1000 / speed, models });
  host.alwaysPull({ steps: 60 });
  print(`Scripted Ollama on ${host.url}, ${speed} tokens a second. Words for a prompt:`);
  for (const { word, sentence } of words) print(`  ${word.padEnd(13)} ${sentence}`);
  const stop = () => void host.stop().then(() => process.exit(0));
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

function readArguments(): { port: number; speed: number } {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "11434" },
      speed: { type: "string", default: "40" },
    },
  });
  const port = Number(values.port);
  const speed = Number(values.speed);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port ${values.port} is not a port.`);
  }
  if (!(speed > 0)) throw new Error(`--speed ${values.speed} is not a number above 0.`);
  return { port, speed };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

run().catch((reason: unknown) => {
  process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`);
  process.exit(1);
});
