import { modelLabel } from "./model-label";
import type { AnswerView } from "./views";

/** The quiet line under an answer: "qwen3:8b · 41 tokens/s · 312 tokens · first word after 0.8 s". */
export function statsLine(answer: Pick<AnswerView, "model" | "demo" | "stats">) {
  const { tokensPerSecond, answerTokens, firstTokenMs } = answer.stats ?? {};
  return [
    modelLabel({ name: answer.model, demo: answer.demo }),
    tokensPerSecond === undefined ? undefined : `${short(tokensPerSecond)} tokens/s`,
    answerTokens === undefined ? undefined : tokens(answerTokens),
    firstTokenMs === undefined ? undefined : `first word after ${short(firstTokenMs / 1000)} s`,
  ]
    .filter(Boolean)
    .join(" · ");
}

function tokens(count: number) {
  return count === 1 ? "1 token" : `${count.toLocaleString("en")} tokens`;
}

/** One digit after the point while it tells something, none from ten on. */
function short(value: number) {
  return value < 9.95 ? value.toFixed(1) : Math.round(value).toLocaleString("en");
}
