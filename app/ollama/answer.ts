import { ANSWER_BYTES } from "~/limits";
import { linesIn } from "./body";
import { type ChatLine, type ChatReport, CUT_REPORT, chatLine } from "./claims";
import { connectionFailure, OllamaFailure } from "./failure";
import { beginningWithin } from "./text";
import { type Piece, thinkTagSplitter } from "./think-tags";

export type ChatEvent = Piece | { kind: "done"; report: ChatReport };

/** How many bytes of each kind an answer may still take. */
export type Room = Record<Piece["kind"], number>;

/**
 * The events of an answer. They are read here and not by the package, which has no limits, and prints lines that
 * it cannot read, and with them what was said, to the console.
 */
export async function* answerOf(
  ask: (until: AbortSignal) => Promise<Response>,
  signal: AbortSignal,
  room: Room = { thinking: ANSWER_BYTES, content: ANSWER_BYTES },
): AsyncGenerator<ChatEvent, void> {
  const left = { ...room };
  const split = thinkTagSplitter();
  // Leaving the loop does not close the connection; without this the host writes on.
  const over = new AbortController();
  try {
    const { body } = await ask(AbortSignal.any([signal, over.signal]));
    for await (const lines of body ? linesIn(body) : []) {
      for (const written of lines) {
        if (written === "") continue;
        const said = chatLine(written);
        for (const { kind, text } of piecesOf(said, split)) {
          const fitting = beginningWithin(text, left[kind]);
          if (fitting !== "") yield { kind, text: fitting };
          if (fitting !== text) return yield { kind: "done", report: CUT_REPORT };
          left[kind] -= Buffer.byteLength(text);
        }
        if (said.report) return yield { kind: "done", report: said.report };
      }
    }
    throw new OllamaFailure("cut", "The stream ended without a last line.");
  } catch (error) {
    if (signal.aborted) throw error;
    yield* split(undefined);
    throw error instanceof OllamaFailure ? error : connectionFailure(error, "cut");
  } finally {
    over.abort();
  }
}

/** What a line adds to an answer: with the last one what the splitter still holds. */
function piecesOf(
  { thinking, content, report }: ChatLine,
  split: ReturnType<typeof thinkTagSplitter>,
): Piece[] {
  const pieces = content === "" ? [] : split(content);
  if (thinking !== "") pieces.unshift({ kind: "thinking", text: thinking });
  return report ? [...pieces, ...split(undefined)] : pieces;
}
