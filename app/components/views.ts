/**
 * What components show: plain values, already resolved by the loaders. Times are Unix milliseconds,
 * durations milliseconds. Every `href` and `action` is complete, the base path included.
 */
import type { Problem } from "~/errors";
import type { LiveStatus } from "~/generation/live-answer";
import type { ComposerNotesView } from "./composer-notes";

/** A model as the picker offers it. */
export interface ModelChoice {
  name: string;
  /** True for the demo host's models: they are labelled "demo, not a model" wherever they appear. */
  demo: boolean;
  /** Whether it takes pictures. */
  sees: boolean;
  /** False where it is known to begin a new answer instead of going on with one. */
  continues?: boolean;
}

/** The model that a form starts with. */
export interface ModelWanted {
  model?: string;
  /** Its host cannot be reached. */
  away?: boolean;
}

/** What the composer and the notices need to know about the host. */
export interface HostView {
  /**
   * `ready`: it answers and has models. `empty`: it answers and has none. `odd`: something answers, but not as
   * Ollama does, and `reason` says what.
   */
  state: "ready" | "empty" | "unreachable" | "refused" | "odd";
  reason?: string;
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
  /** `waiting`: for its turn in the queue. */
  state: "quiet" | "waiting" | "writing" | "interrupted" | "failed";
  current: boolean;
  pinned: boolean;
  updatedAt: number;
}

/** One row of the list of all conversations. */
export interface ConversationRowView extends ConversationLink {
  /** The model that answered last. */
  model?: string;
  menu: ConversationMenuView;
}

/** What one may do with a conversation: the addresses of forms, but for those of pages. */
export interface ConversationMenuView {
  id: string;
  title: string;
  pinned: boolean;
  archived: boolean;
  /** A page with a form. */
  rename: string;
  steering: string;
  /** Pins it, or lets it go where it is pinned. */
  pin: string;
  /** Archives it, or brings it back where it is archived. */
  archive: string;
  /** The conversation as a file, to be saved. */
  markdown: string;
  json: string;
  delete: string;
}

/** The form that changes a title. */
export interface RenameView {
  action: string;
  back: string;
  title: string;
  problem?: Problem;
}

/** A conversation that was just deleted and can be taken back. */
export interface DeletedView {
  id: string;
  title: string;
  restore: string;
  leftMs: number;
}

export type { Problem } from "~/errors";
export type { LiveStatus } from "~/generation/live-answer";

/** The quiet line under an answer: what Ollama reported, where it did. */
export interface AnswerStats {
  answerTokens?: number;
  promptTokens?: number;
  tokensPerSecond?: number;
  loadMs?: number;
  firstTokenMs?: number;
  totalMs?: number;
  promptTokensPerSecond?: number;
  /** How many tokens the loaded model held at once. */
  contextTokens?: number;
  modelDigest?: string;
  /** What was asked for beside the messages, in words. */
  asked?: string;
  /** The answer was continued, and the figures are those of what was written then. */
  lastPart?: boolean;
}

/** `2 / 3` with forms that go to the neighbours; absent where a message has no alternatives. */
export interface AlternativesView {
  index: number;
  count: number;
  /** Actions of the forms. */
  previous?: string;
  next?: string;
  /** What the forms say of the alternative that is shown: its id, and the end of its branch where known. */
  from: string;
  leaf?: string | undefined;
}

/** A form for a message: in its place, with the way back. */
export interface MessageForm {
  action: string;
  /** Another one on every page: by it the server knows a double click. */
  once?: string;
  cancel: string;
  models: ModelChoice[];
  model?: string | undefined;
  away?: boolean | undefined;
  leaf?: string | undefined;
  problem?: Problem;
}

/** A file of a prompt. */
export interface FileView {
  /** Of the attachment. */
  id: string;
  name: string;
  kind: "picture" | "text" | "pdf";
  /** In bytes. */
  size: number;
  href: string;
  /** Of the text that a host is told, where the file is one that came back. */
  characters?: number;
  /** Of a picture, with what it measures in pixels. */
  thumbnail?: { src: string; width: number; height: number };
}

export interface PersonTurn {
  /** `tool`: what a tool gave back, in a conversation that was imported. */
  role: "user" | "system" | "tool";
  id: string;
  text: string;
  files?: FileView[];
  alternatives?: AlternativesView;
  /** Present where the person may act on it; `answer` where it has none yet. */
  actions?: { edit?: string; delete: string; answer?: string };
  /** It is being put in other words, which stand in `text`. */
  editing?: MessageForm;
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
  /** It was asked for a moment ago, and no script scrolls to it: the page opens here. */
  opensHere?: boolean;
  problem?: Problem;
  stats?: AnswerStats;
  /**
   * What the model has not read, or did not keep to the end (`beginning`), with how many tokens it held at once and
   * where one sets that.
   */
  lost?: {
    what: "turns" | "prompt" | "both" | "beginning";
    contextTokens?: number;
    options: string;
  };
  alternatives?: AlternativesView;
  /** Present where the person may act on this answer. */
  actions?: {
    regenerate: string;
    continue?: string;
    /** The model begins a new answer where it should continue this one. */
    startsAnew?: boolean;
    delete?: string;
    /** The page where one chooses which model answers again. */
    anotherModel?: string;
    /** The end of the branch that is shown, for whoever comes back to this alternative. */
    leaf?: string | undefined;
    /** Offered with regenerate where another model is the next step. */
    models?: ModelChoice[];
  };
  /** The model that answers again is being chosen. */
  choosing?: MessageForm;
}

export type MessageView = PersonTurn | AnswerView;

/** The composer in every situation: empty, with the text that came back, with the reason beside it. */
export interface ComposerView {
  action: string;
  /** Another one on every page: by it the server knows a double click. */
  once?: string;
  prompt: string;
  model?: string;
  /** The model is chosen, but its host cannot be reached. */
  away?: boolean;
  problem?: Problem;
  /** Files that came with a prompt that was refused: they go with the next try, unless they are unticked. */
  kept?: FileView[];
  /** Files that were not taken, and why. */
  refusedFiles?: { sentence: string; next: string }[];
  /** Absent where nothing is known yet of what it stands above. */
  notes?: ComposerNotesView;
  /** Present while an answer is being written: where Stop goes. */
  stop?: string;
  /** The prompt is to be added to what has been written, which is not sent yet. */
  adds?: boolean;
}

/** Answers of a conversation that are being written on other branches than the page's. */
export interface OtherAnswersView {
  count: number;
  /** None of them has begun. */
  queued: boolean;
  /** The oldest ones, each with the beginning of its prompt; `show` is a page, `stop` the action of a form. */
  answers: { id: string; model: string; prompt: string; show: string; stop: string }[];
  /** Stops everything in the conversation. */
  stopAll: string;
  /** Where a page with script can have this anew. */
  again?: string;
}

/** Prompts that wait in a conversation, in order. */
export interface WaitingView {
  prompts: WaitingPromptView[];
  /** Why they hold, where no answer is being written that they wait for. */
  held?: string;
}

export interface WaitingPromptView {
  id: string;
  text: string;
  /** Names of what is attached. */
  files: string[];
  edit: string;
  withdraw: string;
  /** Present where it holds. */
  send?: string;
}

/** A waiting prompt on its own page, where it is put in other words. */
export interface EditWaitingView {
  action: string;
  cancel: string;
  prompt: string;
  models: ModelChoice[];
  model?: string;
  away?: boolean;
  problem?: Problem;
}

export type Theme = "default" | "light" | "dark";

/** The conversations in the column beside every page. */
export interface SidebarGroupsView {
  conversations: ConversationLink[];
  /** The moment of the request: "Today" and "Yesterday" are counted from it. */
  now: number;
  /** Where they can be had anew, while something about them is about to change. */
  again?: string;
}

/** What the column beside every page shows. */
export interface SidebarView extends SidebarGroupsView {
  /** Whether the sheet of keys is offered: hidden until script shows it, and absent for text browsers. */
  keys?: "shown" | "hidden";
  /** What its search box has: what the page was looked for with. */
  typed: string;
  theme: Theme;
}

/** The live answer as a page begins it. */
export interface LiveView {
  answer: AnswerView;
  status: LiveStatus;
  /** With script: what is open now, and where the rest comes from. Without it the document streams it. */
  events?: LiveEvents;
}

/** How a page with script follows a live answer. */
export interface LiveEvents {
  /** HTML of the block that is still open. */
  tail: string;
  connect: string;
  /** The page's own address, which it asks for when the stream is over. */
  self: string;
  /** Of this rendering and no other: its stream begins where this page stands, and an older one must end. */
  id: string;
}

/** An import as its page shows it. */
export interface ImportView {
  fileName: string;
  state: "running" | "finished" | "failed" | "interrupted";
  /** Conversations in the file, once they are counted, and how many of them were looked at. */
  total?: number;
  done: number;
  added: number;
  /** What was left out, and why; more may have been left out than is told. */
  skipped: { title: string; reason: string }[];
  problem?: Problem;
}

/** The page of what goes out and comes in. */
export interface TransferView {
  everything: string;
  action: string;
  /** The latest imports. */
  imports: { id: string; href: string; fileName: string; state: ImportView["state"]; at: number }[];
  now: number;
  problem?: Problem;
}

/** A piece of a text that was found; `hit` is what was looked for. */
export interface TextPiece {
  text: string;
  hit: boolean;
}

/** A conversation whose title was found. */
export interface FoundTitleView {
  id: string;
  href: string;
  title: TextPiece[];
  archived: boolean;
  updatedAt: number;
}

/** A message that was found; the address leads to it on its branch. */
export interface FoundMessageView {
  id: string;
  href: string;
  /** Of its conversation. */
  title: string;
  /** Who wrote it: "You", or the model. */
  by: string;
  archived: boolean;
  createdAt: number;
  /** What stands around the first hit. */
  snippet: TextPiece[];
}

/** A page of what a search has found. */
export interface SearchView {
  typed: string;
  titles: FoundTitleView[];
  messages: FoundMessageView[];
  /** Where there are more titles than the few above the messages. */
  moreTitles?: string;
  /** The next page of what this one shows. */
  more?: string;
  /** Operators without a meaning, as they were typed. */
  misread: string[];
  /** False where nothing in it could be looked for. */
  sensible: boolean;
  /** True while old messages are still missing in the index. */
  incomplete: boolean;
  now: number;
}
