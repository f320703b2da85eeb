import { doneFields, nanoseconds } from "~/ollama/wire";
import type { Plan } from "./plan";
import type { Call } from "./serve";

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
      // One chunk is not one token: some pieces are held back, and the end is a token too.
      eval_count: Math.ceil(chunks * 1.2) + 1,
      eval_duration: local * nanos(now - firstAt),
    };
    return doneFields(reason, { ...measured, ...stats }, context);
  };
}
