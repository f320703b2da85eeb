import { USUAL_TOKENS_PER_CHARACTER } from "~/context-words";
import type { ModelCounts } from "~/db/model-counts";

/** Fewer characters than this say nothing about the rest. */
const ENOUGH_CHARACTERS = 400;
/** What the template adds to a shorter prompt would pass for text. */
const ENOUGH_OF_PROMPT = 800;
/** One text must not outweigh all others. */
const MOST_CHARACTERS = 50_000;
/** No text takes fewer or more tokens a character. */
const LEAST = 0.08;
const MOST = 1.5;

/** Text with its tokens. */
export type Counted = Pick<ModelCounts, "characters" | "tokens">;

/** The tokens a character of what was counted; undefined where it is too little. */
export function ratioOf(counted: Counted | undefined): number | undefined {
  return counted && counted.characters >= ENOUGH_CHARACTERS
    ? counted.tokens / counted.characters
    : undefined;
}

/** What an answer shows: it is text and nothing else. */
export function learnedFromAnswer(characters: number, tokens: number | null): Counted {
  return credible(characters, tokens, ENOUGH_CHARACTERS);
}

/**
 * What a prompt shows. Nothing where it has pictures, where `counts` says that the count may leave out what was in
 * the host's cache, or where the prompt may not have fitted.
 */
export function learnedFromPrompt(
  read: { characters: number; pictures: number; promptTokens: number; contextTokens: number },
  counts: "all" | "some",
): Counted {
  const { characters, pictures, promptTokens, contextTokens } = read;
  const mayBeCut = USUAL_TOKENS_PER_CHARACTER * characters > contextTokens;
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
