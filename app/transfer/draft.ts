import type { Steering } from "~/steering/steering";
import type { GenerationFacts } from "./generation-facts";

/** A conversation of a file, understood and cleaned, before it is written: the same for every format. */
export interface Draft {
  /** Where it came from, such as `chatgpt:<its id there>`. */
  origin: string;
  /** Further names under which it may be here already. */
  alsoKnownAs: string[];
  /** Empty where the file has none: the first prompt then makes one. */
  title: string;
  titledBy: "prompt" | "model" | "person";
  pinned: boolean;
  archived: boolean;
  steering: Steering;
  /** Unix milliseconds, here and below; null where the file does not say. */
  createdAt: number | null;
  updatedAt: number | null;
  /** Parents before children. */
  messages: DraftMessage[];
  /** The end of the branch that was looked at: a place in `messages`. */
  leaf: number | null;
  /** What of it could not be taken: parts of a sentence, such as "2 pictures". */
  without: string[];
}

export interface DraftMessage {
  /** A place in the list of messages. */
  parent: number | null;
  role: "system" | "user" | "assistant" | "tool";
  content: string;
  thinking: string;
  model: string | null;
  /** Where one was below this message last: a place in the list. */
  leaf: number | null;
  /** The child that one looked at last, in the same way. */
  chosen: number | null;
  createdAt: number | null;
  generations: GenerationFacts[];
  files: DraftFile[];
}

/** A file of a message: what is known of it, and its bytes where they came along. */
export interface DraftFile {
  name: string;
  /** SHA-256 of the bytes, as hex; null where the file does not say. */
  hash: string | null;
  bytes: Uint8Array | null;
}

const ROLES = ["system", "user", "assistant", "tool"] as const;

/** The role that a file gives a message, or undefined for one that Parley does not know. */
export function roleOf(value: unknown): DraftMessage["role"] | undefined {
  return ROLES.find((role) => role === value);
}

/** `2 pictures`, `1 picture`; nothing for none. */
export function counted(count: number, one: string, many = `${one}s`): string[] {
  return count === 0 ? [] : [`${count.toLocaleString("en")} ${count === 1 ? one : many}`];
}
