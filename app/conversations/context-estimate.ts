import type { MeasuredAnswer } from "~/db/generations";
import { DEFAULT_TOKENS_PER_CHARACTER, PICTURE_TOKENS } from "~/shared/context-usage";

/** Below this, counts are too imprecise. */
const ENOUGH_CHARACTERS = 400;
/** Tokens per character; a count beyond is not of the whole text. */
const LEAST_TOKENS_PER_CHARACTER = 0.08;
const MOST_TOKENS_PER_CHARACTER = 1.5;
/** Tokens. */
const MOST_OF_A_PICTURE = 20_000;
const MOST_OF_A_TEMPLATE = 5_000;

export interface EstimatedBranch {
  measured: MeasuredAnswer | undefined;
  pathCharacters: number;
  pathPictures: number;
  /** Characters. */
  instructions: number;
  modelDigest: string | undefined;
  /** Tokens per character, from the model's counts. */
  ratio: number | undefined;
}

export interface ContextEstimate {
  /** Of the branch, before a new prompt. */
  tokens: number;
  instructions: number;
  tokensPerCharacter: number;
}

/** The tokens of a branch, from the last counts of a host and the text since, at a constant cost. */
export function estimateContext(branch: EstimatedBranch): ContextEstimate {
  const { measured, pathCharacters, pathPictures, ratio, modelDigest } = branch;
  const credible = measured && isCredible(measured) ? measured : undefined;
  const each = ratio ?? (credible && tokensPerCharacter(credible)) ?? DEFAULT_TOKENS_PER_CHARACTER;
  const instructions = each * branch.instructions;
  const rest = { instructions, tokensPerCharacter: each };
  const otherModel = ratio !== undefined && credible?.modelDigest !== modelDigest;
  if (!credible || otherModel) {
    const tokens = each * pathCharacters + instructions + PICTURE_TOKENS * pathPictures;
    return { tokens, ...rest };
  }
  const since = Math.max(0, pathCharacters - credible.pathCharacters);
  const pictures = Math.max(0, pathPictures - credible.pathPictures);
  const read = credible.promptTokens + answerTokens(credible);
  return { tokens: read + each * since + PICTURE_TOKENS * pictures, ...rest };
}

/** Whether the host counted everything, without truncation or cached parts. */
function isCredible({ cut, promptTokens, pathPictures, ...measured }: MeasuredAnswer): boolean {
  const characters = measured.characters ?? measured.pathCharacters - measured.answerCharacters;
  const most = MOST_TOKENS_PER_CHARACTER * characters + MOST_OF_A_PICTURE * pathPictures;
  return (
    !cut &&
    promptTokens >= LEAST_TOKENS_PER_CHARACTER * characters &&
    promptTokens <= most + MOST_OF_A_TEMPLATE
  );
}

function answerTokens({ answerTokens, answerCharacters, thinkingCharacters }: MeasuredAnswer) {
  const all = answerCharacters + thinkingCharacters;
  return all === 0 ? 0 : ((answerTokens ?? 0) * answerCharacters) / all;
}

function tokensPerCharacter(measured: MeasuredAnswer): number | undefined {
  const written = measured.answerCharacters + measured.thinkingCharacters;
  const tokens = measured.answerTokens ?? 0;
  if (written >= ENOUGH_CHARACTERS && tokens > 0) return within(tokens / written);
  const read = measured.characters ?? 0;
  if (measured.pathPictures > 0 || read + written < ENOUGH_CHARACTERS) return undefined;
  return within((measured.promptTokens + tokens) / (read + written));
}

function within(ratio: number): number {
  return Math.min(Math.max(ratio, LEAST_TOKENS_PER_CHARACTER), MOST_TOKENS_PER_CHARACTER);
}
