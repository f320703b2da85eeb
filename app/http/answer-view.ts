import type { AlternativesView, AnswerStats, AnswerView, ModelChoice } from "~/components/views";
import type { Generation } from "~/db/generations";
import type { Alternatives, Message } from "~/db/messages";
import { generationProblem, wantsAnotherModel } from "~/generation/problems";
import { isDemoDigest } from "~/models/catalog";
import { hrefs } from "./hrefs";
import type { RenderedAnswers } from "./rendered-answers";

/** An answer that ended this recently may have ended before its page could stream it. */
const JUST_NOW_MS = 2_000;

/** A settled answer as the page shows it; `last` where it ends its branch, `acts` where one may act on it. */
export function answerView(
  message: Message,
  generation: Generation | undefined,
  options: {
    rendered: RenderedAnswers;
    base: string;
    models: ModelChoice[];
    last: boolean;
    acts: boolean;
    /** Whether a browser without script shows the page. */
    unscripted: boolean;
    alternatives?: AlternativesView;
  },
): AnswerView {
  const { base, models } = options;
  const model = message.model ?? "";
  const end = endOf(generation);
  const view: AnswerView = {
    role: "assistant",
    id: message.id,
    model,
    demo: isDemoDigest(generation?.modelDigest),
    blocks: options.rendered.blocks(message.id, message.content),
    thinking: message.thinking,
    end,
  };
  if (end === "failed") {
    view.problem = generationProblem(
      generation?.errorCode ?? "",
      model,
      generation?.errorDetail ?? null,
    );
  }
  const justEnded = Date.now() - (generation?.endedAt ?? 0) < JUST_NOW_MS;
  if (options.unscripted && options.last && justEnded) view.opensHere = true;
  if (generation) view.stats = statsOf(generation);
  if (options.alternatives) view.alternatives = options.alternatives;
  if (options.acts) {
    const goOn = hrefs.continue(base, message.id);
    const begun = message.content !== "";
    const another = view.problem !== undefined && wantsAnotherModel(view.problem.code);
    // An answer without a word is not worth an alternative: it is tried again in its place.
    const inPlace = options.last && !begun && !another;
    view.actions = {
      regenerate: inPlace ? goOn : hrefs.regenerate(base, message.id),
      ...(options.last && begun && end !== "finished" ? { continue: goOn } : {}),
      ...(another ? { models } : {}),
    };
  }
  return view;
}

/** `‹ 2 / 3 ›` for each message of a branch that has alternatives. */
export function alternativesViews(
  base: string,
  conversationId: string,
  all: readonly Alternatives[],
): Map<string, AlternativesView> {
  const link = (id: string | undefined) => id && hrefs.message(base, conversationId, id);
  return new Map(
    all.map(({ messageId, ids }) => {
      const index = ids.indexOf(messageId);
      const previous = link(ids[index - 1]);
      const next = link(ids[index + 1]);
      return [
        messageId,
        {
          index: index + 1,
          count: ids.length,
          ...(previous ? { previous } : {}),
          ...(next ? { next } : {}),
        },
      ];
    }),
  );
}

function endOf(generation: Generation | undefined): AnswerView["end"] {
  switch (generation?.state) {
    case "failed":
    case "stopped":
    case "interrupted":
      return generation.state;
    case "finished":
      return generation.doneReason === "length" ? "length" : "finished";
    default:
      // Without a generation, or with one that this process does not know, nothing is being written.
      return "interrupted";
  }
}

function statsOf(generation: Generation): AnswerStats {
  const { answerTokens, answerMs } = generation;
  const perSecond = answerTokens && answerMs ? (answerTokens * 1_000) / answerMs : null;
  const reported = {
    answerTokens,
    promptTokens: generation.promptTokens,
    tokensPerSecond: perSecond,
    loadMs: generation.loadMs,
    firstTokenMs: generation.firstTokenMs,
    totalMs: generation.totalMs,
  };
  return Object.fromEntries(Object.entries(reported).filter(([, value]) => value !== null));
}
