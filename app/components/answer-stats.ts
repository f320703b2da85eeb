import type { AnswerEnd } from "./live-status";
import { modelLabel } from "./model-picker";

/** Figures that Ollama reported. */
export interface AnswerStats {
  answerTokens?: number;
  promptTokens?: number;
  tokensPerSecond?: number;
  loadMs?: number;
  firstTokenMs?: number;
  totalMs?: number;
  promptTokensPerSecond?: number;
  contextTokens?: number;
  modelDigest?: string;
  /** The options of the request, in words. */
  asked?: string;
  /** The figures cover only the last continuation. */
  lastPart?: boolean;
}

export interface MeasuredAnswer {
  id: string;
  model: string;
  demo: boolean;
  end: AnswerEnd;
  stats?: AnswerStats;
}

/** For example "qwen3:8b · 41 tokens/s · 312 tokens · first word after 0.8 s". */
export function statsLine(answer: Pick<MeasuredAnswer, "model" | "demo" | "stats">) {
  const { tokensPerSecond, answerTokens, firstTokenMs, lastPart } = answer.stats ?? {};
  return [
    modelLabel({ name: answer.model, demo: answer.demo }),
    tokensPerSecond === undefined ? undefined : `${short(tokensPerSecond)} tokens/s`,
    answerTokens === undefined ? undefined : tokens(answerTokens),
    firstTokenMs === undefined ? undefined : firstWord(firstTokenMs),
    lastPart && answerTokens !== undefined ? "the last part alone" : undefined,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** All figures of an answer as [name, figure]; empty if none were reported. */
export function metrics({ end, stats = {} }: Pick<MeasuredAnswer, "end" | "stats">) {
  const { promptTokens, answerTokens, contextTokens } = stats;
  if (promptTokens === undefined && answerTokens === undefined) return [];
  const rows: [string, string | undefined][] = [
    ["Figures", stats.lastPart ? "of the last part, since the answer was continued" : undefined],
    ["Read", counted(promptTokens, stats.promptTokensPerSecond)],
    ["Written", counted(answerTokens, stats.tokensPerSecond)],
    ["Model loaded in", seconds(stats.loadMs)],
    ["First word after", seconds(stats.firstTokenMs)],
    ["In all", seconds(stats.totalMs)],
    [
      "Context",
      !contextTokens
        ? undefined
        : `${Math.min((promptTokens ?? 0) + (answerTokens ?? 0), contextTokens).toLocaleString("en")} of ${contextTokens.toLocaleString("en")} tokens`,
    ],
    ["Asked with", stats.asked],
    ["Ended", end === "length" ? "at the length limit" : "by itself"],
    ["Digest", stats.modelDigest],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== undefined);
}

/** Shorter times would read 0.0 s. */
const AT_ONCE_MS = 50;

function firstWord(ms: number) {
  return ms < AT_ONCE_MS ? "first word at once" : `first word after ${short(ms / 1_000)} s`;
}

function counted(count: number | undefined, perSecond: number | undefined) {
  if (count === undefined) return undefined;
  return perSecond === undefined ? tokens(count) : `${tokens(count)}, ${short(perSecond)} a second`;
}

function seconds(ms: number | undefined) {
  if (ms === undefined) return undefined;
  return ms < 10_000 ? `${(ms / 1_000).toFixed(2)} s` : `${short(ms / 1_000)} s`;
}

function tokens(count: number) {
  return count === 1 ? "1 token" : `${count.toLocaleString("en")} tokens`;
}

function short(value: number) {
  return value < 9.95 ? value.toFixed(1) : Math.round(value).toLocaleString("en");
}
