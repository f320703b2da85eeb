import * as v from "valibot";
import type { Steering } from "~/steering/steering";
import type { GenerationFacts } from "./generation-facts";

/** A conversation read from a file of any format, before it is written. */
export interface ImportedConversation {
  /** Where it came from, such as `chatgpt:<its id there>`. */
  origin: string;
  /** Further origins under which it may be here already. */
  alsoKnownAs: string[];
  /** If empty, the first prompt makes one. */
  title: string;
  titledBy: "prompt" | "model" | "person";
  pinned: boolean;
  archived: boolean;
  steering: Steering;
  /** Unix milliseconds, here and below; null if not known. */
  createdAt: number | null;
  updatedAt: number | null;
  /** Parents before children. */
  messages: ImportedMessage[];
  /** The leaf of the branch last viewed: an index in `messages`. */
  leaf: number | null;
  /** What could not be taken: parts of a sentence, such as "2 pictures". */
  without: string[];
}

export interface ImportedMessage {
  /** An index in the list of messages. */
  parent: number | null;
  role: "system" | "user" | "assistant" | "tool";
  content: string;
  thinking: string;
  model: string | null;
  /** The leaf last viewed under this message: an index. */
  leaf: number | null;
  /** The child last viewed: an index. */
  chosen: number | null;
  createdAt: number | null;
  generations: GenerationFacts[];
  files: ImportedFile[];
}

/** A file of a message, and its bytes if they came along. */
export interface ImportedFile {
  name: string;
  /** SHA-256 of the bytes, as hex; null if not known. */
  hash: string | null;
  bytes: Uint8Array | null;
}

/** The role of a message; null for one that Parley does not know. */
export const role = v.fallback(
  v.nullable(v.picklist(["system", "user", "assistant", "tool"])),
  null,
);

/** A message with nothing but its text; what a format knows more of is added to it. */
export function plainMessage(
  from: Pick<ImportedMessage, "role" | "content" | "thinking" | "createdAt">,
): ImportedMessage {
  return {
    ...from,
    parent: null,
    model: null,
    leaf: null,
    chosen: null,
    generations: [],
    files: [],
  };
}

/** A stand-in for a missing id, made from the content: the same file gives the same one. */
export function fingerprint(value: unknown): string {
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}

/** `2 pictures`, `1 picture`; nothing for none. */
export function counted(count: number, one: string, many = `${one}s`): string[] {
  return count === 0 ? [] : [`${count.toLocaleString("en")} ${count === 1 ? one : many}`];
}

/** The same for messages that could not be read. */
export function unreadable(count: number): string[] {
  return counted(count, "message that could not be read", "messages that could not be read");
}

/** How many things a conversation may bring along, in all and at one place; counts those beyond. */
export class ItemAllowance {
  leftOut = 0;
  #left: number;
  readonly #atOnePlace: number;

  constructor(inAll: number, atOnePlace: number) {
    this.#left = inAll;
    this.#atOnePlace = atOnePlace;
  }

  /** As many of a list, from its beginning, as are allowed. */
  take<T>(items: readonly T[]): readonly T[] {
    const taken = items.slice(0, Math.min(this.#left, this.#atOnePlace));
    this.#left -= taken.length;
    this.leftOut += items.length - taken.length;
    return taken;
  }
}
