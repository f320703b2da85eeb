/**
 * What components show: plain values, already resolved by the loaders. Times are Unix milliseconds,
 * durations milliseconds. Every `href` and `action` is complete, the base path included.
 */

/** A model as the picker offers it. */
export interface ModelChoice {
  name: string;
  /** True for the demo host's models: they are labelled "demo, not a model" wherever they appear. */
  demo: boolean;
}

/** What the composer and the notices need to know about the host. */
export interface HostView {
  /** `ready`: it answers and has models. `empty`: it answers and has none. */
  state: "ready" | "empty" | "unreachable" | "refused";
  /** The address that Parley asks, for the notice. */
  address: string;
  /** True while the built-in demo stands in. */
  demo: boolean;
  models: ModelChoice[];
}

/** One row of the sidebar. */
export interface ConversationLink {
  id: string;
  title: string;
  href: string;
  state: "quiet" | "writing" | "interrupted";
  current: boolean;
  updatedAt: number;
}

/** An error where the person is looking: what happened, what to do next, and the raw text in details. */
export interface Problem {
  code: string;
  sentence: string;
  /** The next step in words; the buttons beside it are the component's matter. */
  next?: string;
  /** The other side's own words, shown folded. */
  detail?: string;
  /** Set for our own faults: the id under which the log has it. */
  id?: string;
}

/** Where a generation stands, from real events only. */
export type LiveStatus =
  | { state: "queued"; place: number }
  | { state: "loading"; model: string; seconds: number }
  | { state: "waiting"; model: string; seconds: number }
  | { state: "thinking" }
  | { state: "writing" };

/** The quiet line under an answer: what Ollama reported, where it did. */
export interface AnswerStats {
  answerTokens?: number;
  promptTokens?: number;
  tokensPerSecond?: number;
  loadMs?: number;
  firstTokenMs?: number;
  totalMs?: number;
}

/** `2 / 3` with links to the neighbours; absent where a message has no alternatives. */
export interface AlternativesView {
  index: number;
  count: number;
  previous?: string;
  next?: string;
}

export interface PersonTurn {
  role: "user" | "system";
  id: string;
  text: string;
  alternatives?: AlternativesView;
}

export interface AnswerView {
  role: "assistant";
  id: string;
  model: string;
  demo: boolean;
  /** Final HTML of each closed block, in order; trusted, made by markdown/ only. */
  blocks: string[];
  thinking: string;
  end: "finished" | "length" | "stopped" | "failed" | "interrupted" | "live";
  problem?: Problem;
  stats?: AnswerStats;
  alternatives?: AlternativesView;
  /** Present where the person may act on this answer. */
  actions?: { regenerate: string; continue?: string };
}

export type MessageView = PersonTurn | AnswerView;

/** The composer in every situation: empty, with the text that came back, with the reason beside it. */
export interface ComposerView {
  action: string;
  prompt: string;
  model: string | undefined;
  problem?: Problem;
}

export type Theme = "default" | "light" | "dark";
