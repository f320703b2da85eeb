import type { AnswerView } from "~/components/answer";
import type { AnswerStats } from "~/components/answer-stats";
import type { AlternativesView } from "~/components/message-actions";
import type { MessageFormView } from "~/components/message-form";
import type { ModelChoice } from "~/components/model-picker";
import type { Alternatives } from "~/db/branches";
import type { Generation } from "~/db/generations";
import type { Message } from "~/db/messages";
import type { Problem } from "~/errors";
import { generationProblem, wantsAnotherModel } from "~/generation/problems";
import { isDemoDigest } from "~/models/catalog";
import { nonNegative } from "~/shared/numbers";
import { steeringSummary, THINKS } from "~/steering/form";
import type { Hrefs } from "./hrefs";

/** An answer that ended this recently may have ended before its page could stream it. */
const JUST_NOW_MS = 2_000;

interface AnswerOptions {
  blocks: string[];
  hrefs: Hrefs;
  models: ModelChoice[];
  leafId: string | undefined;
  unscripted: boolean;
  alternatives?: AlternativesView;
  choosing?: MessageFormView;
}

/** The view of a settled answer. */
export function answerView(
  message: Message,
  generation: Generation | undefined,
  options: AnswerOptions,
): AnswerView {
  const { blocks, hrefs, leafId, unscripted, alternatives, choosing } = options;
  const end = endOf(generation);
  const problem = end === "failed" ? problemOf(message, generation) : undefined;
  const justEnded = Date.now() - (generation?.endedAt ?? 0) < JUST_NOW_MS;
  return {
    role: "assistant",
    id: message.id,
    model: message.model ?? "",
    demo: isDemoDigest(generation?.modelDigest),
    blocks,
    thinking: message.thinking,
    end,
    problem,
    opensHere: (unscripted && message.id === leafId && justEnded) || undefined,
    stats: generation && statsOf(generation),
    lost: generation && lostView(generation, hrefs.steering(message.conversationId)),
    alternatives,
    choosing,
    actions: actionsOf(message, { end, problem }, options),
  };
}

function problemOf({ model }: Message, generation: Generation | undefined): Problem {
  const { errorCode, errorDetail } = generation ?? {};
  return generationProblem(errorCode ?? "", model ?? "", errorDetail ?? null);
}

function actionsOf(
  { id, model, content }: Message,
  { end, problem }: Pick<AnswerView, "end" | "problem">,
  { hrefs, models, leafId }: AnswerOptions,
): AnswerView["actions"] {
  const last = id === leafId;
  const begun = content !== "";
  const needsAnother = problem !== undefined && wantsAnotherModel(problem.code);
  // Nobody needs an empty answer as an alternative.
  const inPlace = last && !begun && !needsAnother;
  const startsAnew = models.some(({ name, continues }) => name === model && continues === false);
  return {
    regenerate: inPlace ? hrefs.continue(id) : hrefs.regenerate(id),
    continue: last && begun && end !== "finished" ? hrefs.continue(id) : undefined,
    startsAnew: startsAnew || undefined,
    models: needsAnother ? models.filter(({ demo }) => !demo) : undefined,
    anotherModel: models.length > 1 ? hrefs.regenerate(id) : undefined,
    delete: hrefs.deleteMessage(id),
    leaf: leafId,
  };
}

/** `‹ 2 / 3 ›` by the id of each message that has alternatives. */
export function alternativesViews(
  hrefs: Hrefs,
  all: readonly Alternatives[],
  leafId: string | undefined,
): Map<string, AlternativesView> {
  const choose = (id: string | undefined) => id && hrefs.choose(id);
  return new Map(
    all.map(({ messageId, ids }) => {
      const index = ids.indexOf(messageId);
      const previous = choose(ids[index - 1]);
      const next = choose(ids[index + 1]);
      const count = ids.length;
      return [
        messageId,
        { index: index + 1, count, from: messageId, leaf: leafId, previous, next },
      ];
    }),
  );
}

function lostView(generation: Generation, options: string): AnswerView["lost"] {
  const what = lostOf(generation);
  if (!what) return undefined;
  return { what, contextTokens: nonNegative(generation.contextTokens), options };
}

/** A host does not report that it shifted the context, but then its counts exceed it. */
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
      return "finished";
    default:
      // Queued or running in the database, but not live in this process.
      return "interrupted";
  }
}

function statsOf(generation: Generation): AnswerStats {
  const { asked, modelDigest } = generation;
  const words = asked && steeringSummary(asked, THINKS, Number.POSITIVE_INFINITY);
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
    modelDigest: modelDigest || undefined,
    asked: words || undefined,
    lastPart: asked?.continued || undefined,
  };
}

function perSecond(tokens: number | null, ms: number | null): number | undefined {
  return nonNegative(
    ((nonNegative(tokens) || Number.NaN) * 1_000) / (nonNegative(ms) || Number.NaN),
  );
}
