import { type Chunk, encode, JSON_TYPE, type LineWriter } from "~/ollama/wire";
import { defaultAnswer } from "./answers";
import { digestOf } from "./catalog";
import type { Exchange } from "./exchange";
import { contextLength, numberOption } from "./prompt";
import {
  BARE_JSON_TYPE,
  type Gate,
  LineStream,
  now,
  Refusal,
  sendText,
  sleep,
  yieldToLoop,
} from "./reply";
import type { ChatBody, Scenario, ScriptedModel } from "./types";

interface ToolCall {
  id: string;
  function: { index: number; name: string; arguments: Record<string, unknown> };
}

/** A scenario with nothing left open. */
export interface Plan {
  chunks: Chunk[];
  /** The index in `chunks` before which the answer is held. */
  holdAt?: number;
  /** Tool calls that native models put into the last line. */
  lastCalls?: ToolCall[];
  everyMs: number;
  promptMs: number;
  end: NonNullable<Scenario["end"]>;
  stats: Partial<Record<string, number>>;
}

/** Without a limit of its own an answer may have so many times the tokens that its context holds. */
const CONTEXTS = 10;

/** Fills in a scenario with the model's own manner. */
export function planOf(
  scenario: Scenario,
  chat: ChatBody,
  model: ScriptedModel,
  everyMs: number,
): Plan {
  const { endless } = scenario;
  const scripted =
    scenario.chunks !== undefined || scenario.toolCalls !== undefined || endless !== undefined;
  const answer = scripted
    ? { thinking: [], chunks: scenario.chunks ?? [] }
    : defaultAnswer(chat, model);
  const thinking = scenario.thinking ?? answer.thinking;
  const calls = (scenario.toolCalls ?? []).map((call, index) => toolCall(call, index, model));
  const first: Chunk[] = [
    ...thinking.map((text) => ({ thinking: text })),
    ...answer.chunks.map((text) => ({ content: text })),
    ...(model.native ? [] : calls.map((call) => ({ calls: [call] }))),
  ];
  const limit = numberOption(chat.options, "num_predict") ?? -1;
  const most = limit > 0 ? limit : CONTEXTS * contextLength(model, chat.options);
  const times = endless === undefined ? 0 : Math.max(0, most - first.length);
  const said = [...first, ...Array<Chunk>(times).fill({ content: endless ?? "" })];
  const cut = !scripted && most < said.length;
  const chunks = cut ? said.slice(0, most) : said;
  const { holdAfter } = scenario;
  return {
    chunks,
    ...(holdAfter === undefined ? {} : { holdAt: thinking.length + holdAfter }),
    ...(model.native && calls.length ? { lastCalls: calls } : {}),
    everyMs: scenario.everyMs ?? everyMs,
    promptMs: scenario.promptMs ?? 0,
    end: scenario.end ?? (cut || endless !== undefined ? "length" : "done"),
    stats: scenario.stats ?? {},
  };
}

let callsMade = 0;

function toolCall(
  call: { name: string; arguments: Record<string, unknown> },
  index: number,
  model: ScriptedModel,
): ToolCall {
  const hex = digestOf(`call ${callsMade++}`);
  const short = `call_${BigInt(`0x${hex}`).toString(36).slice(0, 8)}`;
  const long = Buffer.from(hex, "hex").toString("base64").replace(/[+/=]/g, "x").slice(0, 32);
  return {
    id: model.native ? long : short,
    function: { index, name: call.name, arguments: call.arguments },
  };
}

/** What a plan is played with. */
export interface Stage {
  exchange: Exchange;
  lines: LineWriter;
  gate: Gate;
  /** The fields of the last line, once the given number of chunks has been sent. */
  ending(reason: string, chunks: number, firstAt: number): Record<string, unknown>;
}

// Enough to fill a socket quickly, little enough to let other connections have their turn.
const linesAtOnce = 64;

// Time for the last bytes to reach the client: a reset throws away what is still in the buffer.
const beforeReset = 20;

/** Plays a plan as a stream of lines. Throws Gone when the client leaves on the way. */
export async function playStream(plan: Plan, stage: Stage): Promise<void> {
  const { signal } = stage.exchange;
  const stream = new LineStream(stage.exchange.res, signal);
  const firstAt = performance.now();
  await walk(plan, stage, (chunks) =>
    stream.write(chunks.map((chunk) => stage.lines.chunk(chunk, now())).join("")),
  );
  const { end } = plan;
  if (typeof end === "object") {
    if (!stream.started) throw new Refusal(500, end.error, BARE_JSON_TYPE);
    return stream.end(`${encode({ error: end.error })}\n`);
  }
  if (end === "eof") return stream.end();
  if (end === "cut-line") {
    const line = stage.lines.chunk({}, now());
    return stream.end(line.slice(0, line.indexOf('age":{')));
  }
  if (end === "reset") {
    await sleep(beforeReset, signal);
    return stage.exchange.drop("reset");
  }
  stream.end(`${lastObject(plan, stage, {}, firstAt)}\n`);
}

/** Plays a plan as one JSON document, sent when all of it is there. */
export async function playWhole(plan: Plan, stage: Stage): Promise<void> {
  const { exchange, lines } = stage;
  const firstAt = performance.now();
  await walk(plan, stage, async () => {});
  const { end } = plan;
  if (typeof end === "object") throw new Refusal(500, end.error);
  if (end === "reset" || end === "cut-line") return exchange.drop("reset");
  const all = joined(plan.chunks);
  // The repetition guard ends a reply without metrics, and here it shows as done:false.
  const text =
    end === "eof" ? lines.object(all, now(), false, {}) : lastObject(plan, stage, all, firstAt);
  sendText(exchange.res, text, 200, JSON_TYPE);
}

function lastObject(plan: Plan, stage: Stage, all: Chunk, firstAt: number): string {
  const reason = plan.end === "length" ? "length" : "stop";
  const calls = [...(all.calls ?? []), ...(plan.lastCalls ?? [])];
  const last = calls.length ? { ...all, calls } : all;
  return stage.lines.object(last, now(), true, stage.ending(reason, plan.chunks.length, firstAt));
}

function joined(chunks: Chunk[]): Chunk {
  const content = chunks.map(({ content }) => content ?? "").join("");
  const thinking = chunks.map(({ thinking }) => thinking ?? "").join("");
  const calls = chunks.flatMap(({ calls }) => calls ?? []);
  return { content, ...(thinking && { thinking }), ...(calls.length && { calls }) };
}

// The pace is kept against the clock: what timers or a slow loop delay is made up for in one write.
async function walk(
  plan: Plan,
  { exchange: { signal }, gate }: Stage,
  send: (chunks: Chunk[]) => Promise<void>,
): Promise<void> {
  const { chunks, everyMs, holdAt } = plan;
  let start = performance.now();
  let at = 0;
  let paced = 0;
  const restart = () => {
    start = performance.now();
    paced = 0;
  };
  if (holdAt === 0) {
    await gate.hold(signal);
    restart();
  }
  while (at < chunks.length) {
    const due =
      everyMs > 0 ? Math.floor((performance.now() - start) / everyMs) + 1 - paced : linesAtOnce;
    const stop = holdAt !== undefined && holdAt > at ? holdAt : chunks.length;
    const to = Math.min(at + Math.min(Math.max(due, 1), linesAtOnce), stop, chunks.length);
    const before = performance.now();
    const sent = send(chunks.slice(at, to));
    const held = to === holdAt ? gate.hold(signal) : undefined;
    // Both are awaited below; without this a hold that ends during the write counts as unhandled.
    held?.catch(() => {});
    paced += to - at;
    at = to;
    await sent;
    await held;
    // A client that read too slowly, or a hold, moves the rest; a model does not catch up.
    if (held || performance.now() - before > everyMs) restart();
    if (everyMs > 0) await sleep(start + paced * everyMs - performance.now(), signal);
    else await yieldToLoop(signal);
  }
}
