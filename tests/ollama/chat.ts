import {
  type Chunk,
  doneFields,
  encode,
  JSON_TYPE,
  type LineWriter,
  lineWriter,
  nanoseconds,
  remoteFields,
} from "~/ollama/wire";
import { wordScenario } from "./answers";
import { findModel, fullName, isCloudName, layersOf, parseName } from "./catalog";
import type { Exchange } from "./exchange";
import { type Plan, planOf, playStream, playWhole } from "./play";
import { checkFormat, checkOptions, contextLength, countTokens, readPrompt } from "./prompt";
import { Gone, now, Refusal, sendEmpty, sendText, sleep } from "./reply";
import { keepAlive, readChat, readGenerate, readObject } from "./requests";
import type { Lease } from "./slots";
import type { State } from "./state";
import type { ChatBody, Refuse, Scenario, ScriptedModel } from "./types";

/** POST /api/chat. */
export async function chat(state: State, exchange: Exchange): Promise<void> {
  const ask = readChat(readObject(exchange.text, "ChatRequest"));
  if (!ask.model) throw new Refusal(400, "model is required");
  if (!parseName(ask.model)) throw new Refusal(400, "invalid model name");
  await serve(state, exchange, { kind: "chat", chat: ask, model: installed(state, ask.model) });
}

/** POST /api/generate. */
export async function generate(state: State, exchange: Exchange): Promise<void> {
  const body = readObject(exchange.text, "GenerateRequest");
  const ask = readGenerate(body);
  const model = installed(state, ask.model);
  if (body.raw && (body.system || body.template || body.context)) {
    throw new Refusal(400, "raw mode does not support template, system, or context");
  }
  if (body.suffix && !model.capabilities.includes("insert")) {
    throw new Refusal(400, `${fullName(model.name)} does not support insert`);
  }
  await serve(state, exchange, { kind: "generate", chat: ask, model });
}

// Names with the cloud suffix are served even when they were not pulled.
function installed(state: State, name: string): ScriptedModel {
  const found = findModel(state.models, name);
  if (found) return found;
  const offered = isCloudName(name) ? findModel(state.library, name) : undefined;
  if (offered?.remote) return offered;
  throw new Refusal(404, `model '${name}' not found`);
}

/** A chat or generate request that was understood. */
export interface Call {
  kind: "chat" | "generate";
  chat: ChatBody;
  model: ScriptedModel;
}

/** Answers a chat: the checks, the wait for a slot, the load, the prompt, the answer. */
export async function serve(state: State, exchange: Exchange, call: Call): Promise<void> {
  const { kind, chat, model } = call;
  const key = runnerKey(model);
  const keepAliveMs = keepAlive(chat.keep_alive);
  const nothingAsked = chat.messages.length === 0;
  const lines = linesFor(call, {});
  const reply = (reason: string) =>
    sendText(exchange.res, lines.object({}, now(), true, { done_reason: reason }), 200, JSON_TYPE);
  if (nothingAsked && keepAliveMs === 0) {
    state.slots.unload(key);
    return reply("unload");
  }
  checkAbilities(call);
  checkOptions(chat.options);
  const scripted = !nothingAsked && kind === "chat";
  const scenario = scripted ? (state.chats.take(chat) ?? wordScenario(chat, model)) : undefined;
  const { refuse, loadMs, promptMs } = scenario ?? {};
  if (refuse && !loadMs && !promptMs) return refused(exchange, refuse);
  const lease = await lend(state, exchange, call, loadMs, keepAliveMs);
  const loadedAt = performance.now();
  exchange.record.begun ??= Date.now();
  try {
    if (nothingAsked) return reply("load");
    await readInBatches(state, exchange, call, scenario ?? {});
    if (refuse) return refused(exchange, refuse);
    await answer(state, exchange, call, scenario ?? {}, loadedAt);
  } finally {
    lease.giveBack(Boolean(refuse && loadMs));
  }
}

// A runner belongs to weights: two names of the same share one, and /api/ps shows the name it was loaded by.
function runnerKey(model: ScriptedModel): string {
  return layersOf(model)[0]?.digest ?? model.name;
}

const batchTokens = 512;

// A runner looks up only between two batches: until then it does not notice that the client has left.
async function readInBatches(
  { batchMs }: State,
  { signal }: Exchange,
  { chat, model }: Call,
  { promptMs }: Scenario,
): Promise<void> {
  if (batchMs === 0) return sleep(promptMs ?? 0, signal);
  const tokens = Math.min(countTokens(chat.messages, model), contextLength(model, chat.options));
  let left = promptMs ?? (tokens / batchTokens) * batchMs;
  for (; left > 0; left -= batchMs) {
    await new Promise((done) => setTimeout(done, Math.min(left, batchMs)));
    if (signal.aborted) throw new Gone();
  }
}

async function lend(
  { slots, cached }: State,
  { signal, record }: Exchange,
  { chat, model }: Call,
  loadMs: number | undefined,
  keepAliveMs: number | undefined,
): Promise<Lease> {
  if (model.remote) {
    await sleep(loadMs ?? 0, signal);
    return slots.takeElsewhere();
  }
  return slots.take({
    key: runnerKey(model),
    model,
    onLoad: (evicted) => {
      record.load = { evicted };
      record.begun = Date.now();
      cached.delete(runnerKey(model));
    },
    contextLength: contextLength(model, chat.options),
    signal,
    loadMs,
    keepAliveMs,
  });
}

async function answer(
  state: State,
  exchange: Exchange,
  call: Call,
  scenario: Scenario,
  loadedAt: number,
): Promise<void> {
  const { chat, model } = call;
  checkFormat(chat.format);
  const read = readPrompt(chat, model, contextLength(model, chat.options));
  const promptTokens = counted(state, call, read);
  const plan = planOf(scenario, chat, model, state.everyMs);
  const moments = { arrived: exchange.arrived, loadedAt, promptTokens };
  const ending = metricsOf(moments, call, plan);
  const stage = { exchange, lines: linesFor(call, scenario.extra ?? {}), gate: state.gate, ending };
  await (chat.stream ? playStream(plan, stage) : playWhole(plan, stage));
}

// Since 0.30 a count holds all that was read; before, only what was not in the cache of the runner.
function counted({ version, cached }: State, { chat, model }: Call, read: number): number {
  const key = runnerKey(model);
  const before = cached.get(key) ?? [];
  cached.set(key, chat.messages);
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 0 || minor >= 30) return read;
  const same = chat.messages.findIndex(({ content }, at) => content !== before[at]?.content);
  const known = chat.messages.slice(0, same < 0 ? undefined : same);
  return Math.max(1, read - (known.length > 0 ? countTokens(known, model) : 0));
}

// A name with the cloud suffix is answered with the base model's; a stub under another name keeps
// the name and says where the answer came from.
function linesFor({ kind, chat, model }: Call, extra: Record<string, unknown>): LineWriter {
  const body = kind === "generate" ? generateBody : undefined;
  const { remote } = model;
  if (remote && isCloudName(chat.model)) return lineWriter(remote.model, { extra, body });
  return lineWriter(chat.model, { remote: remoteFields(model), extra, body });
}

function generateBody({ content = "", thinking }: Chunk): string {
  return `"response":${encode(content)}${thinking ? `,"thinking":${encode(thinking)}` : ""}`;
}

function checkAbilities({ kind, chat, model }: Call): void {
  const able = (what: string) => model.capabilities.includes(what);
  const quoted = JSON.stringify(chat.model);
  if (chat.think && !able("thinking")) {
    throw new Refusal(400, `${quoted} does not support thinking`);
  }
  if (!able("completion")) throw new Refusal(400, `${quoted} does not support ${kind}`);
  if (chat.tools?.length && !able("tools")) {
    throw new Refusal(400, `${fullName(model.name)} does not support tools`);
  }
}

function refused({ res }: Exchange, { status, error, contentType, fields }: Refuse): void {
  if (error !== undefined) throw new Refusal(status, error, contentType, fields);
  sendEmpty(res, status);
}

/** What is known of a chat before its first chunk; times are those of `performance.now()`. */
export interface Beginning {
  arrived: number;
  loadedAt: number;
  promptTokens: number;
}

const nanos = (ms: number) => Math.max(1, nanoseconds(ms));

/** Returns what makes the fields of the last line, from done_reason on, with durations measured. */
export function metricsOf(
  { arrived, loadedAt, promptTokens }: Beginning,
  { kind, model }: Call,
  { stats }: Plan,
): (reason: string, chunks: number, firstAt: number) => Record<string, unknown> {
  // A cloud model's answer has counts and only the total time; a zero is left out.
  const local = model.remote ? 0 : 1;
  const context = kind === "generate" ? { context: [2, 105, 2364, 107, 9259, 106] } : {};
  return (reason, chunks, firstAt) => {
    const now = performance.now();
    const measured = {
      total_duration: nanos(now - arrived),
      load_duration: local * nanos(loadedAt - arrived),
      prompt_eval_count: promptTokens,
      prompt_eval_duration: local * nanos(firstAt - loadedAt),
      // One chunk is not one token: some chunks are held back, and the end is a token too.
      eval_count: Math.ceil(chunks * 1.2) + 1,
      eval_duration: local * nanos(now - firstAt),
    };
    return doneFields(reason, { ...measured, ...stats }, context);
  };
}
