/** What a host has read of a branch, by its own count. */
export interface Reading {
  /** Characters that it was sent. */
  characters: number;
  promptTokens: number;
  /** How many tokens the loaded model held at once. */
  contextTokens: number;
}

/** What is known of an earlier reading of the same branch by the same model. */
export interface EarlierReading extends Reading {
  turnsDropped: boolean;
}

/** Text that takes fewer tokens than this a character is hardly ever written. */
const FEWEST_TOKENS_PER_CHARACTER = 0.15;
/** What pictures add to a count must not pass for text. */
const MOST_TOKENS_PER_CHARACTER = 0.5;
/** How much of what came since is certain, and how far a count must fall short of the expected. */
const CERTAIN = 0.75;
const SHORT = 0.8;

/**
 * Whether the host left out old turns: it says so nowhere, only its count is smaller than it had to be. Told
 * from what the same model has read of this branch before. In doubt it is false: hosts before 0.30 leave
 * what is in their cache out of the count, and then a small count alone means nothing, so the branch must
 * also be too long for the context.
 */
export function droppedTurns(now: Reading, before: EarlierReading | undefined): boolean {
  const { least, likely } = before ? fromBefore(now, before) : fromLength(now);
  const { promptTokens, contextTokens } = now;
  if (least > contextTokens) return promptTokens < least;
  return likely > contextTokens && promptTokens < SHORT * likely;
}

interface Needed {
  /** Tokens that the whole branch takes at least. */
  least: number;
  likely: number;
}

function fromBefore(now: Reading, before: EarlierReading): Needed {
  // A branch that was cut took more than the context that it was cut to.
  const known = before.turnsDropped ? before.contextTokens + 1 : before.promptTokens;
  const ratio = before.turnsDropped
    ? FEWEST_TOKENS_PER_CHARACTER
    : Math.min(known / Math.max(1, before.characters), MOST_TOKENS_PER_CHARACTER);
  const since = now.characters - before.characters;
  // Shorter than before: the instructions are others, and nothing is certain but the length.
  if (since < 0) return { least: CERTAIN * ratio * now.characters, likely: ratio * now.characters };
  return { least: known + CERTAIN * ratio * since, likely: known + ratio * since };
}

function fromLength({ characters }: Reading): Needed {
  const least = FEWEST_TOKENS_PER_CHARACTER * characters;
  return { least, likely: least };
}
