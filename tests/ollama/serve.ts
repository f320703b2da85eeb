import { layersOf } from "./catalog";
import type { Exchange } from "./exchange";
import { keepAlive } from "./fields";
import { type Kind, type Lines, linesOf } from "./lines";
import { metricsOf } from "./metrics";
import { fullName, isCloudName, modelKey } from "./names";
import { checkFormat, checkOptions, contextLength } from "./options";
import { planOf } from "./plan";
import { playStream, playWhole } from "./player";
import { readPrompt } from "./prompt";
import { wordScenario } from "./scenarios";
import type { Lease } from "./slots";
import type { State } from "./state";
import type { ChatBody, Refuse, Scenario, ScriptedModel } from "./types";
import { sleep } from "./waiting";
import { JSON_TYPE, Refusal, sendEmpty, sendText } from "./wire";

/** A chat or generate request that was understood. */
export interface Call {
  kind: Kind;
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
    sendText(exchange.res, lines.object({}, true, { done_reason: reason }), 200, JSON_TYPE);
  if (nothingAsked && keepAliveMs === 0) {
    state.slots.unload(key);
    return reply("unload");
  }
  checkAbilities(call);
  checkOptions(chat.options);
  const scripted = !nothingAsked && kind === "chat";
  const scenario = scripted ? (state.chats.take(chat) ?? wordScenario(chat, model)) : undefined;
  const { refuse, loadMs, promptMs = 0 } = scenario ?? {};
  if (refuse && !loadMs && !promptMs) return refused(exchange, refuse);
  const lease = await lend(state, exchange, call, loadMs, keepAliveMs);
  const loadedAt = performance.now();
  try {
    if (nothingAsked) return reply("load");
    await sleep(promptMs, exchange.signal);
    if (refuse) return refused(exchange, refuse);
    await answer(state, exchange, call, scenario ?? {}, loadedAt);
  } finally {
    lease.giveBack(Boolean(refuse && loadMs));
  }
}

// A runner belongs to weights: two names of the same share one, and /api/ps shows the name it was loaded by.
function runnerKey(model: ScriptedModel): string {
  return layersOf(model)[0]?.digest ?? modelKey(model.name);
}

async function lend(
  { slots }: State,
  { signal }: Exchange,
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
    contextLength: contextLength(model, chat.options),
    signal,
    ...(loadMs === undefined ? {} : { loadMs }),
    ...(keepAliveMs === undefined ? {} : { keepAliveMs }),
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
  const promptTokens = readPrompt(chat, model, contextLength(model, chat.options));
  const plan = planOf(scenario, chat, model, state.everyMs);
  const moments = { arrived: exchange.arrived, loadedAt, promptTokens };
  const ending = metricsOf(moments, call, plan);
  const stage = { exchange, lines: linesFor(call, scenario.extra ?? {}), gate: state.gate, ending };
  await (chat.stream ? playStream(plan, stage) : playWhole(plan, stage));
}

// A name with the cloud suffix is answered with the base model's; a stub under another name keeps
// the name and says where the answer came from.
function linesFor({ kind, chat, model }: Call, extra: Record<string, unknown>): Lines {
  const { remote } = model;
  if (!remote) return linesOf(kind, chat.model, {}, extra);
  if (isCloudName(chat.model)) return linesOf(kind, remote.model, {}, extra);
  const stub = { remote_model: remote.model, remote_host: remote.host };
  return linesOf(kind, chat.model, stub, extra);
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
