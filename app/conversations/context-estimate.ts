import type { MeasuredAnswer } from "~/db/generations";
import { DEFAULT_TOKENS_PER_CHARACTER, PICTURE_TOKENS } from "~/shared/context-usage";

/** Fewer characters than this are too few to go by. */
const ENOUGH_CHARACTERS = 400;
/** Tokens a character: a count outside these is not of the whole text. */
const LEAST_TOKENS_PER_CHARACTER = 0.08;
const MOST_TOKENS_PER_CHARACTER = 1.5;
/** The most that a picture and a template can add to a count. */
const MOST_OF_A_PICTURE = 20_000;
const MOST_OF_A_TEMPLATE = 5_000;

/** A branch, and what is known of the model that is to read it. */
export interface EstimatedBranch {
  /** The nearest answer with figures. */
  measured: MeasuredAnswer | undefined;
  pathCharacters: number;
  pathPictures: number;
  /** Characters of the instructions that are in force. */
  instructions: number;
  modelDigest: string | undefined;
  /** Tokens a character by this model's counts so far. */
  ratio: number | undefined;
}

export interface ContextEstimate {
  /** What the host would read if the answer to come were asked for with an empty prompt. */
  tokens: number;
  /** The instructions alone. */
  instructions: number;
  /** What each character more costs. */
  tokensPerCharacter: number;
}

/**
 * How much of a context a branch takes, from the last figures that a host reported on it and what came since: it
 * costs the same however long the branch is.
 */
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

/** Whether a count covers everything that was sent, so nothing was left out and no cache ignored. */
function isCredible({ cut, promptTokens, pathPictures, ...measured }: MeasuredAnswer): boolean {
  const characters = measured.characters ?? measured.pathCharacters - measured.answerCharacters;
  const most = MOST_TOKENS_PER_CHARACTER * characters + MOST_OF_A_PICTURE * pathPictures;
  return (
    !cut &&
    promptTokens >= LEAST_TOKENS_PER_CHARACTER * characters &&
    promptTokens <= most + MOST_OF_A_TEMPLATE
  );
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
  if (measured.pathPictures > 0 || read + written < ENOUGH_CHARACTERS) return undefined;
  return within((measured.promptTokens + tokens) / (read + written));
}

function within(ratio: number): number {
  return Math.min(Math.max(ratio, LEAST_TOKENS_PER_CHARACTER), MOST_TOKENS_PER_CHARACTER);
}
