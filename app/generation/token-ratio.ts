import type { ModelCounts } from "~/db/model-counts";
import { DEFAULT_TOKENS_PER_CHARACTER } from "~/shared/context-usage";

const ENOUGH_CHARACTERS = 400;
/** In a shorter prompt the tokens of the template would weigh too much. */
const ENOUGH_OF_PROMPT = 800;
/** So that one text does not outweigh all others. */
const MOST_CHARACTERS = 50_000;
/** Tokens a character: counts outside these are wrong. */
const LEAST = 0.08;
const MOST = 1.5;

export type Counted = Pick<ModelCounts, "characters" | "tokens">;

/** Tokens a character; undefined while too little has been counted. */
export function ratioOf(counted: Counted | undefined): number | undefined {
  return counted && counted.characters >= ENOUGH_CHARACTERS
    ? counted.tokens / counted.characters
    : undefined;
}

/** What the count of an answer teaches: it is all text. */
export function learnedFromAnswer(characters: number, tokens: number | null): Counted {
  return credible(characters, tokens, ENOUGH_CHARACTERS);
}

/**
 * What the count of a prompt teaches: nothing if it has pictures, may not have fitted, or if the host may have
 * left out what was in its cache (`counts` is "some").
 */
export function learnedFromPrompt(
  read: { characters: number; pictures: number; promptTokens: number; contextTokens: number },
  counts: "all" | "some",
): Counted {
  const { characters, pictures, promptTokens, contextTokens } = read;
  const mayBeCut = DEFAULT_TOKENS_PER_CHARACTER * characters > contextTokens;
  if (pictures > 0 || mayBeCut || counts === "some") return NOTHING;
  return credible(characters, promptTokens, ENOUGH_OF_PROMPT);
}

const NOTHING: Counted = { characters: 0, tokens: 0 };

function credible(characters: number, tokens: number | null, enough: number): Counted {
  if (tokens === null || characters < enough) return NOTHING;
  const ratio = tokens / characters;
  if (!(ratio >= LEAST && ratio <= MOST)) return NOTHING;
  const counted = Math.min(characters, MOST_CHARACTERS);
  return { characters: counted, tokens: ratio * counted };
}
