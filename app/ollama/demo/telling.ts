/** How an answer is told: the messages of the wire, one a piece, at the pace of somebody who types fast. */
import { answerTo } from "./answer";
import type { Ask } from "./ask";
import { pause } from "./pause";
import { piecesOf } from "./pieces";

export interface Clocks {
  /** The time of day, for what is dated. */
  dateMs: () => number;
  /** A clock fine enough for durations. */
  watchMs: () => number;
}

export interface Telling {
  pieces: readonly string[];
  done: (writingMs: number) => Record<string, unknown>;
}

/** Thinks of the whole answer at once, as only a demo can, and measures what it really took. */
export function think(ask: Ask, askedAt: number, { watchMs }: Clocks): Telling {
  const loadedAt = watchMs();
  const all = piecesOf(answerTo(ask.turns, ask.seed));
  const pieces = all.slice(0, ask.mostPieces);
  const thoughtAt = watchMs();

  const done = (writingMs: number) => ({
    done: true,
    done_reason: pieces.length < all.length ? "length" : "stop",
    ...withoutZeros({
      total_duration: nanoseconds(watchMs() - askedAt),
      load_duration: nanoseconds(loadedAt - askedAt),
      prompt_eval_count: ask.turns.reduce((sum, turn) => sum + piecesOf(turn.content).length, 0),
      prompt_eval_duration: nanoseconds(thoughtAt - loadedAt),
      eval_count: pieces.length,
      eval_duration: nanoseconds(writingMs),
    }),
  });
  return { pieces, done };
}

/** A message of the wire around a piece of an answer. */
export function message(ask: Ask, content: string, { dateMs }: Clocks) {
  const created_at = new Date(dateMs()).toISOString();
  return { model: ask.model, created_at, message: { role: "assistant", content } };
}

/** The messages of a stream, each after its pause. */
export async function* tell(
  ask: Ask,
  { pieces, done }: Telling,
  wordMs: number,
  clocks: Clocks,
  signal: AbortSignal,
): AsyncGenerator<Record<string, unknown>, void> {
  const startedAt = clocks.watchMs();
  for (const piece of pieces) {
    await pause(wordMs, signal);
    yield { ...message(ask, piece, clocks), done: false };
  }
  yield { ...message(ask, "", clocks), ...done(clocks.watchMs() - startedAt) };
}

function nanoseconds(ms: number): number {
  return Math.round(ms * 1e6);
}

/** Go leaves out what is zero. */
function withoutZeros(fields: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== 0));
}
