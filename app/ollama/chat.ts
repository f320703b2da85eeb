import { ANSWER_BYTES } from "~/limits";
import { yielder } from "~/shared/in-steps";
import { LineSplitter } from "./body";
import { connectionFailure, OllamaFailure } from "./failure";
import { type ChatReport, CUT_REPORT, chatLine } from "./schemas";
import { beginningWithin } from "./text";
import { type Chunk, thinkTagSplitter } from "./think-tags";

export type ChatEvent = Chunk | { kind: "done"; report: ChatReport };

export type ChatLimits = Record<Chunk["kind"], number>;

const USUAL_LIMITS: ChatLimits = { thinking: ANSWER_BYTES, content: ANSWER_BYTES };

/** The events of an answer, one network chunk at a time; the `ollama` package reads without limits. */
export async function* readChat(
  ask: (until: AbortSignal) => Promise<Response>,
  signal: AbortSignal,
  limits = USUAL_LIMITS,
): AsyncGenerator<ChatEvent[], void> {
  const lines = new LineSplitter();
  const answer = new AnswerParser(limits);
  const yieldIfDue = yielder();
  // Leaving the loop does not close the connection.
  const over = new AbortController();
  try {
    const { body } = await ask(AbortSignal.any([signal, over.signal]));
    for await (const bytes of body ?? []) {
      for (const line of lines.push(bytes)) if (!answer.isDone) answer.parse(line);
      const events = answer.events();
      if (events.length > 0) yield events;
      if (answer.isDone) return;
      await yieldIfDue();
    }
    throw new OllamaFailure("cut", "The stream ended without a last line.");
  } catch (error) {
    if (signal.aborted) throw error;
    answer.end();
    const events = answer.events();
    if (events.length > 0) yield events;
    throw error instanceof OllamaFailure ? error : connectionFailure(error, "cut");
  } finally {
    over.abort();
  }
}

class AnswerParser {
  isDone = false;

  readonly #left: ChatLimits;
  readonly #split = thinkTagSplitter();
  #events: ChatEvent[] = [];

  constructor(limits: ChatLimits) {
    this.#left = { ...limits };
  }

  parse(line: string): void {
    if (line === "") return;
    const { thinking, content, report } = chatLine(line);
    this.#add("thinking", thinking);
    if (content !== "") this.#addAll(this.#split(content));
    if (!report) return;
    this.end();
    this.#done(report);
  }

  end(): void {
    this.#addAll(this.#split(undefined));
  }

  events(): ChatEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #addAll(chunks: readonly Chunk[]): void {
    for (const { kind, text } of chunks) this.#add(kind, text);
  }

  #add(kind: Chunk["kind"], text: string): void {
    if (text === "" || this.isDone) return;
    const fitting = beginningWithin(text, this.#left[kind]);
    this.#left[kind] -= Buffer.byteLength(fitting);
    const last = this.#events.at(-1);
    if (last?.kind === kind) last.text += fitting;
    else if (fitting !== "") this.#events.push({ kind, text: fitting });
    if (fitting !== text) this.#done(CUT_REPORT);
  }

  #done(report: ChatReport): void {
    if (this.isDone) return;
    this.isDone = true;
    this.#events.push({ kind: "done", report });
  }
}
