import type { AnswerView } from "~/components/answer";
import type { AnswerStats } from "~/components/answer-stats";
import type { AlternativesView } from "~/components/message-actions";
import type { MessageFormView } from "~/components/message-form";
import type { ModelChoice } from "~/components/model-picker";
import type { Alternatives } from "~/db/branches";
import type { Generation } from "~/db/generations";
import type { Message } from "~/db/messages";
import { generationProblem, wantsAnotherModel } from "~/generation/problems";
import { isDemoDigest } from "~/models/catalog";
import { nonNegative } from "~/shared/non-negative";
import { THINKS } from "~/steering/form";
import { steeringWords } from "~/steering/words";
import type { Hrefs } from "./hrefs";

/** An answer that ended this recently may have ended before its page could stream it. */
const JUST_NOW_MS = 2_000;

/** A settled answer as the page shows it. */
export function answerView(
  message: Message,
  generation: Generation | undefined,
  options: {
    /** The HTML of its text. */
    blocks: string[];
    hrefs: Hrefs;
    models: ModelChoice[];
    /** The end of the branch, where the page shows it. */
    leafId: string | undefined;
    /** Whether a browser without script shows the page. */
    unscripted: boolean;
    alternatives?: AlternativesView;
    choosing?: MessageFormView;
  },
): AnswerView {
  const { hrefs, models, leafId } = options;
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
  const lost = generation && lostOf(generation);
  if (generation && lost) {
    const contextTokens = nonNegative(generation.contextTokens);
    view.lost = {
      what: lost,
      ...(contextTokens === undefined ? {} : { contextTokens }),
      options: hrefs.steering(message.conversationId),
    };
  }
  if (options.alternatives) view.alternatives = options.alternatives;
  if (options.choosing) view.choosing = options.choosing;
  const goOn = hrefs.continue(message.id);
  const begun = message.content !== "";
  const startsAnew = models.some(({ name, continues }) => name === model && continues === false);
  const another = view.problem !== undefined && wantsAnotherModel(view.problem.code);
  // An answer without a word is not worth an alternative: it is tried again in its place.
  const inPlace = last && !begun && !another;
  view.actions = {
    regenerate: inPlace ? goOn : hrefs.regenerate(message.id),
    ...(last && begun && end !== "finished" ? { continue: goOn } : {}),
    ...(startsAnew ? { startsAnew } : {}),
    ...(another ? { models: models.filter(({ demo }) => !demo) } : {}),
    ...(models.length > 1 ? { anotherModel: hrefs.regenerate(message.id) } : {}),
    delete: hrefs.deleteMessage(message.id),
    leaf: leafId,
  };
  return view;
}

/** `‹ 2 / 3 ›` for each message that has alternatives; `leafId` as for `answerView`. */
export function alternativesViews(
  hrefs: Hrefs,
  all: readonly Alternatives[],
  leafId: string | undefined,
): Map<string, AlternativesView> {
  const action = (id: string | undefined) => id && hrefs.choose(id);
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

/** What a generation has lost of its context. A host that shifts it says so nowhere, but its counts do not fit. */
function lostOf(generation: Generation): NonNullable<AnswerView["lost"]>["what"] | undefined {
  const { turnsDropped, promptCut, promptTokens, answerTokens, contextTokens } = generation;
  if (turnsDropped && promptCut) return "both";
  if (promptCut) return "prompt";
  if (turnsDropped) return "turns";
  const all = (promptTokens ?? 0) + (answerTokens ?? 0);
  return contextTokens !== null && all > contextTokens + 1 ? "beginning" : undefined;
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
  const { asked, modelDigest } = generation;
  const words = asked && steeringWords(asked, THINKS, Number.POSITIVE_INFINITY);
  const figures = {
    promptTokensPerSecond: perSecond(generation.promptTokens, generation.promptMs),
    contextTokens: nonNegative(generation.contextTokens),
    answerTokens: nonNegative(generation.answerTokens),
    promptTokens: nonNegative(generation.promptTokens),
    tokensPerSecond: perSecond(generation.answerTokens, generation.answerMs),
    loadMs: nonNegative(generation.loadMs),
    firstTokenMs: nonNegative(generation.firstTokenMs),
    totalMs: nonNegative(generation.totalMs),
  };
  const known = Object.entries(figures).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(known),
    ...(modelDigest ? { modelDigest } : {}),
    ...(words ? { asked: words } : {}),
    ...(asked?.continued ? { lastPart: true } : {}),
  };
}

function perSecond(tokens: number | null, ms: number | null): number | undefined {
  return nonNegative(
    ((nonNegative(tokens) || Number.NaN) * 1_000) / (nonNegative(ms) || Number.NaN),
  );
}
