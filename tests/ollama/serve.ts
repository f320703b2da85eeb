import {
  type Chunk,
  encode,
  JSON_TYPE,
  type LineWriter,
  lineWriter,
  remoteFields,
} from "~/ollama/wire";
import { layersOf } from "./catalog";
import type { Exchange } from "./exchange";
import { keepAlive } from "./fields";
import { metricsOf } from "./metrics";
import { fullName, isCloudName } from "./names";
import { checkFormat, checkOptions, contextLength } from "./options";
import { planOf } from "./plan";
import { playStream, playWhole } from "./player";
import { countTokens, readPrompt } from "./prompt";
import { wordScenario } from "./scenarios";
import type { Lease } from "./slots";
import type { State } from "./state";
import type { ChatBody, Refuse, Scenario, ScriptedModel } from "./types";
import { sleep } from "./waiting";
import { Gone, now, Refusal, sendEmpty, sendText } from "./wire";

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
