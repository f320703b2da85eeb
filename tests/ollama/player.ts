import { type Chunk, encode, JSON_TYPE, type LineWriter } from "~/ollama/wire";
import type { Exchange } from "./exchange";
import type { Plan } from "./plan";
import { LineStream } from "./stream";
import { type Gate, sleep, yieldToLoop } from "./waiting";
import { BARE_JSON_TYPE, now, Refusal, sendText } from "./wire";

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
