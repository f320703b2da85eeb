import { encode } from "~/ollama/wire";
import { findModel, layersOf, modelKey, parseName } from "./catalog";
import type { Exchange } from "./exchange";
import { LineStream, localTimestamp, Refusal, sendJson, until } from "./reply";
import { readObject } from "./requests";
import type { State } from "./state";
import type { Layer, PullScenario, ScriptedModel } from "./types";

/** One layer on its way. Pulls of the same layer share it; it goes on while somebody follows. */
export class Download {
  /** Bytes so far. They stay when a pull is cancelled, and the next pull resumes from there. */
  completed = 0;
  private readonly followers = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(readonly size: number) {}

  get done(): boolean {
    return this.completed >= this.size;
  }

  /** Calls `tick` after every step. Returns how to stop following. */
  follow(tick: () => void, steps: number, everyMs: number): () => void {
    this.followers.add(tick);
    this.timer ??= setInterval(() => this.step(steps), everyMs);
    return () => {
      this.followers.delete(tick);
      if (this.followers.size) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  private step(steps: number): void {
    this.completed = Math.min(this.size, this.completed + Math.ceil(this.size / steps));
    for (const tick of [...this.followers]) tick();
  }
}

/** Where the lines of a pull go. */
type Emit = (line: Record<string, unknown>) => Promise<void>;

interface Pull {
  state: State;
  script: PullScenario;
  signal: AbortSignal;
  emit: Emit;
  /** Progress lines so far. */
  lines: number;
}

/** A layer that downloads faster than this finishes between two lines, and nobody sees it. */
const tooSmallToSee = 1024 * 1024;

/** POST /api/pull. Once "pulling manifest" is out, errors are lines after a status 200. */
export async function pull(state: State, exchange: Exchange): Promise<void> {
  const body = readObject(exchange.text, "PullRequest");
  const name = String(body.model || body.name || "");
  if (!parseName(name)) throw new Refusal(400, "invalid model name");
  const { res, signal } = exchange;
  const script = state.pulls.take(name) ?? {};
  if (body.stream === false) {
    const pulling = { state, script, signal, lines: 0, emit: async () => {} };
    await run(pulling, name).catch(asServerError);
    return sendJson(res, { status: "success" });
  }
  const stream = new LineStream(res, signal);
  const emit: Emit = (line) => stream.write(`${encode(line)}\n`);
  try {
    await run({ state, script, signal, lines: 0, emit }, name);
    stream.end(`${encode({ status: "success" })}\n`);
  } catch (reason) {
    if (!(reason instanceof PullFailed)) throw reason;
    stream.end(`${encode({ error: reason.message })}\n`);
  }
}

class PullFailed extends Error {}

function asServerError(reason: unknown): never {
  throw reason instanceof PullFailed ? new Refusal(500, reason.message) : reason;
}

async function run(pulling: Pull, name: string): Promise<void> {
  const { state, script, emit } = pulling;
  await emit({ status: "pulling manifest" });
  const at = script.fail?.at ?? "manifest";
  if (script.fail && at === "manifest") throw new PullFailed(script.fail.error);
  const model = findModel(state.library, name) ?? findModel(state.models, name);
  if (!model) throw new PullFailed("pull model manifest: file does not exist");
  const safetensors = model.details?.format === "safetensors";
  for (const layer of layersOf(model)) await bring(pulling, layer, safetensors);
  if (!safetensors) await emit({ status: "verifying sha256 digest" });
  if (script.fail && at === "verify") {
    forget(state, model);
    throw new PullFailed(script.fail.error);
  }
  await emit({ status: "writing manifest" });
  if (install(state, model)) await emit({ status: "removing unused layers" });
}

async function bring(pulling: Pull, layer: Layer, safetensors: boolean): Promise<void> {
  const { state, signal, script } = pulling;
  const line = safetensors
    ? { status: "pulling model", digest: "sha256:model", total: layer.size }
    : { status: `pulling ${layer.digest.slice(7, 19)}`, digest: layer.digest, total: layer.size };
  if (onDisk(state, layer)) return pulling.emit({ ...line, completed: layer.size });
  const download = state.blobs.get(layer.digest) ?? new Download(layer.size);
  state.blobs.set(layer.digest, download);
  if (layer.size < tooSmallToSee) {
    download.completed = layer.size;
    return;
  }
  while (!download.done) {
    const { completed } = download;
    await pulling.emit(completed ? { ...line, completed } : line);
    pulling.lines += 1;
    if (pulling.lines === script.holdAfter) await state.gate.hold(signal);
    await until(signal, (done) => download.follow(done, script.steps ?? 4, script.everyMs ?? 60));
  }
}

function onDisk({ blobs, models }: State, { digest }: Layer): boolean {
  if (blobs.get(digest)?.done) return true;
  return models.some((model) => layersOf(model).some((layer) => layer.digest === digest));
}

/** Takes away what no installed model needs any more; a bad download is not kept. */
export function forget({ blobs, models }: State, removed: ScriptedModel): void {
  const needed = new Set(models.flatMap(layersOf).map(({ digest }) => digest));
  for (const { digest } of layersOf(removed)) {
    if (!needed.has(digest)) blobs.delete(digest);
  }
}

/** Puts the model among the installed ones; true when that left layers of an older one unused. */
function install(state: State, model: ScriptedModel): boolean {
  const fresh = { ...structuredClone(model), modifiedAt: localTimestamp(Date.now()) };
  const key = modelKey(model.name);
  const index = state.models.findIndex(({ name }) => modelKey(name) === key);
  const older = state.models[index];
  if (!older) {
    state.models.push(fresh);
    return false;
  }
  state.models[index] = fresh;
  forget(state, older);
  const kept = new Set(layersOf(fresh).map(({ digest }) => digest));
  return layersOf(older).some(({ digest }) => !kept.has(digest));
}
