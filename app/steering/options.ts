import type { Steering } from "~/steering/steering";

export type NumberOption =
  | "temperature"
  | "top_p"
  | "top_k"
  | "min_p"
  | "repeat_penalty"
  | "seed"
  | "num_ctx"
  | "num_predict";

export interface OptionRule {
  name: NumberOption;
  label: string;
  means: string;
  whole: boolean;
  least: number;
  most: number;
  /** Values below `least` that are also valid. */
  also?: readonly number[];
  /** Excludes `least` itself. */
  above?: boolean;
  otherwise: string;
}

const MOST_CONTEXT = 1_048_576;

/** The numeric options, in the order of the form. */
export const NUMBER_OPTIONS: readonly OptionRule[] = [
  {
    name: "temperature",
    label: "Temperature",
    means: "How freely words are chosen: low is steady, high is inventive.",
    whole: false,
    least: 0,
    most: 2,
    otherwise: "0.8",
  },
  {
    name: "top_p",
    label: "Top P",
    means: "Only the likeliest words that together reach this share are considered.",
    whole: false,
    least: 0,
    most: 1,
    above: true,
    otherwise: "0.9",
  },
  {
    name: "top_k",
    label: "Top K",
    means: "Only so many of the likeliest words are considered; 0 considers all.",
    whole: true,
    least: 0,
    most: 1_000,
    otherwise: "40",
  },
  {
    name: "min_p",
    label: "Min P",
    means: "Words below this share of the likeliest one are left out.",
    whole: false,
    least: 0,
    most: 1,
    otherwise: "0",
  },
  {
    name: "repeat_penalty",
    label: "Repeat penalty",
    means: "Above 1, words that were just used become less likely.",
    whole: false,
    least: 0.1,
    most: 2,
    otherwise: "1",
  },
  {
    name: "seed",
    label: "Seed",
    means: "The same seed gives the same answer to the same question; -1 is a new one each time.",
    whole: true,
    least: -1,
    most: 2_147_483_647,
    otherwise: "-1",
  },
  {
    name: "num_ctx",
    label: "Context length",
    means:
      "How many tokens the model holds at once. More needs more memory; a change loads the model again.",
    whole: true,
    least: 256,
    most: MOST_CONTEXT,
    otherwise: "chosen by Ollama",
  },
  {
    name: "num_predict",
    label: "Longest answer",
    means:
      "The most tokens that an answer may have; with -1 or -2 Ollama stops at ten times the context length.",
    whole: true,
    least: 1,
    most: MOST_CONTEXT,
    also: [-1, -2],
    otherwise: "-1",
  },
];

export const STEERING_FIELDS: readonly (keyof Steering)[] = [
  "system",
  ...NUMBER_OPTIONS.map(({ name }) => name),
  "stop",
  "keep_alive",
  "think",
];
