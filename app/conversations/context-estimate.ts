import type { MeasuredAnswer } from "~/db/generations";

/** About what it is in European languages; what has been measured goes before it. */
const USUAL_TOKENS_PER_CHARACTER = 0.25;
/** Fewer characters than this say nothing about the rest. */
const ENOUGH_CHARACTERS = 400;

export interface ContextEstimate {
  /** What the host would read if the answer to come were asked for with an empty prompt. */
  tokens: number;
  /** What each character more costs. */
  tokensPerCharacter: number;
  /** Whether that was measured on this branch. */
  measured: boolean;
}

/**
 * How much of a context a branch takes, from the last figures that a host reported on it and the characters
 * that came since: it costs the same however long the branch is. `instructions` are the characters of those
 * that are in force.
 */
export function estimateContext(branch: {
  measured: MeasuredAnswer | undefined;
  pathCharacters: number;
  instructions: number;
}): ContextEstimate {
  const { measured, pathCharacters, instructions } = branch;
  const ratio = measured ? tokensPerCharacter(measured) : undefined;
  const tokensEach = ratio ?? USUAL_TOKENS_PER_CHARACTER;
  const rest = { tokensPerCharacter: tokensEach, measured: ratio !== undefined };
  if (!measured || measured.turnsDropped) {
    // What was left out was not counted either.
    return { tokens: tokensEach * (pathCharacters + instructions), ...rest };
  }
  const since = Math.max(0, pathCharacters - measured.pathCharacters);
  return { tokens: measured.promptTokens + answerTokens(measured) + tokensEach * since, ...rest };
}

/** Thinking is not sent again. */
function answerTokens({ answerTokens, answerCharacters, thinkingCharacters }: MeasuredAnswer) {
  const all = answerCharacters + thinkingCharacters;
  return all === 0 ? 0 : ((answerTokens ?? 0) * answerCharacters) / all;
}

/** From the answer, which is text and nothing else; where it is short, from the prompt as well. */
function tokensPerCharacter(measured: MeasuredAnswer): number | undefined {
  const written = measured.answerCharacters + measured.thinkingCharacters;
  const tokens = measured.answerTokens ?? 0;
  if (written >= ENOUGH_CHARACTERS && tokens > 0) return within(tokens / written);
  const read = measured.characters ?? 0;
  if (measured.turnsDropped || read + written < ENOUGH_CHARACTERS) return undefined;
  return within((measured.promptTokens + tokens) / (read + written));
}

/** Pictures cost tokens and have no characters; no text costs more than this. */
function within(ratio: number): number {
  return Math.min(Math.max(ratio, 0.05), 1.5);
}
