import type {
  AlternativesView,
  AnswerStats,
  AnswerView,
  MessageForm,
  ModelChoice,
} from "~/components/views";
import { THINKS } from "~/conversations/steering";
import { steeringWords } from "~/conversations/steering-words";
import type { Alternatives } from "~/db/branches";
import type { Generation } from "~/db/generations";
import type { Message } from "~/db/messages";
import { generationProblem, wantsAnotherModel } from "~/generation/problems";
import { isDemoDigest } from "~/models/catalog";
import { hrefs } from "./hrefs";

/** An answer that ended this recently may have ended before its page could stream it. */
const JUST_NOW_MS = 2_000;

/** A settled answer as the page shows it. */
export function answerView(
  message: Message,
  generation: Generation | undefined,
  options: {
    /** The HTML of its text. */
    blocks: string[];
    base: string;
    models: ModelChoice[];
    /** The end of the branch, where the page shows it. */
    leafId: string | undefined;
    /** Whether a browser without script shows the page. */
    unscripted: boolean;
    alternatives?: AlternativesView;
    choosing?: MessageForm;
  },
): AnswerView {
  const { base, models, leafId } = options;
  const last = message.id === leafId;
  const model = message.model ?? "";
  const end = endOf(generation);
  const view: AnswerView = {
    role: "assistant",
    id: message.id,
    model,
    demo: isDemoDigest(generation?.modelDigest),
    blocks: options.blocks,
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
  if (options.unscripted && last && justEnded) view.opensHere = true;
  if (generation) view.stats = statsOf(generation);
  if (generation?.turnsDropped) {
    view.turnsDropped = {
      ...(generation.contextTokens === null ? {} : { contextTokens: generation.contextTokens }),
      options: hrefs.steering(base, message.conversationId),
    };
  }
  if (options.alternatives) view.alternatives = options.alternatives;
  if (options.choosing) view.choosing = options.choosing;
  const goOn = hrefs.continue(base, message.id);
  const begun = message.content !== "";
  const another = view.problem !== undefined && wantsAnotherModel(view.problem.code);
  // An answer without a word is not worth an alternative: it is tried again in its place.
  const inPlace = last && !begun && !another;
  view.actions = {
    regenerate: inPlace ? goOn : hrefs.regenerate(base, message.id),
    ...(last && begun && end !== "finished" ? { continue: goOn } : {}),
    ...(another ? { models } : {}),
    ...(models.length > 1 ? { anotherModel: hrefs.regenerate(base, message.id) } : {}),
    delete: hrefs.deleteMessage(base, message.id),
    leaf: leafId,
  };
  return view;
}

/** `‹ 2 / 3 ›` for each message that has alternatives; `leafId` as for `answerView`. */
export function alternativesViews(
  base: string,
  all: readonly Alternatives[],
  leafId: string | undefined,
): Map<string, AlternativesView> {
  const action = (id: string | undefined) => id && hrefs.choose(base, id);
  return new Map(
    all.map(({ messageId, ids }) => {
      const index = ids.indexOf(messageId);
      const previous = action(ids[index - 1]);
      const next = action(ids[index + 1]);
      return [
        messageId,
        {
          index: index + 1,
          count: ids.length,
          from: messageId,
          leaf: leafId,
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
    case undefined:
      // It was imported: how it came to be is not known, but it is all there.
      return "finished";
    default:
      // One that this process does not know: nothing is being written.
      return "interrupted";
  }
}

function statsOf(generation: Generation): AnswerStats {
  const { answerTokens, answerMs } = generation;
  const perSecond = answerTokens && answerMs ? (answerTokens * 1_000) / answerMs : null;
  const { promptTokens, promptMs, asked } = generation;
  const readPerSecond = promptTokens && promptMs ? (promptTokens * 1_000) / promptMs : null;
  const reported = {
    promptTokensPerSecond: readPerSecond,
    contextTokens: generation.contextTokens,
    modelDigest: generation.modelDigest,
    asked: (asked && steeringWords(asked, THINKS, Number.POSITIVE_INFINITY)) || null,
    answerTokens,
    promptTokens,
    tokensPerSecond: perSecond,
    loadMs: generation.loadMs,
    firstTokenMs: generation.firstTokenMs,
    totalMs: generation.totalMs,
  };
  return Object.fromEntries(Object.entries(reported).filter(([, value]) => value !== null));
}
