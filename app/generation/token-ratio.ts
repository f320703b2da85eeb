import type { ModelCounts } from "~/db/model-counts";
import { DEFAULT_TOKENS_PER_CHARACTER } from "~/shared/context-usage";

const ENOUGH_CHARACTERS = 400;
/** In a shorter prompt the template would weigh too much. */
const ENOUGH_OF_PROMPT = 800;
const MOST_CHARACTERS = 50_000;
/** Tokens per character; counts outside these are wrong. */
const LEAST = 0.08;
const MOST = 1.5;

export type Counted = Pick<ModelCounts, "characters" | "tokens">;

/** Tokens per character; undefined if too little has been counted. */
export function ratioOf(counted: Counted | undefined): number | undefined {
  return counted && counted.characters >= ENOUGH_CHARACTERS
    ? counted.tokens / counted.characters
    : undefined;
}

export function countedInAnswer(characters: number, tokens: number | null): Counted {
  return credible(characters, tokens, ENOUGH_CHARACTERS);
}

/** Nothing if the prompt has pictures, may not have fitted, or may be counted without its cached part ("some"). */
export function countedInPrompt(
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
