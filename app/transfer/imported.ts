import * as v from "valibot";
import type { Steering } from "~/steering/steering";
import type { GenerationFacts } from "./generation-facts";

/** Read from a file of any format. Times in Unix milliseconds, null if unknown; `leaf` and `parent` are indexes in `messages`. */
export interface ImportedConversation {
  /** Such as `chatgpt:<id>`. */
  origin: string;
  alsoKnownAs: string[];
  /** If empty, the title is made from the first prompt. */
  title: string;
  titledBy: "prompt" | "model" | "person";
  pinned: boolean;
  archived: boolean;
  steering: Steering;
  createdAt: number | null;
  updatedAt: number | null;
  /** Parents before children. */
  messages: ImportedMessage[];
  leaf: number | null;
  /** What was not imported, such as "2 pictures". */
  without: string[];
}

export interface ImportedMessage {
  parent: number | null;
  role: "system" | "user" | "assistant" | "tool";
  content: string;
  thinking: string;
  model: string | null;
  /** Indexes of the leaf and the child last viewed under this message. */
  leaf: number | null;
  chosen: number | null;
  createdAt: number | null;
  generations: GenerationFacts[];
  files: ImportedFile[];
}

/** A file of a message; `bytes` is null if they are not included. */
export interface ImportedFile {
  name: string;
  /** SHA-256 of the bytes, as hex. */
  hash: string | null;
  bytes: Uint8Array | null;
}

export const role = v.fallback(
  v.nullable(v.picklist(["system", "user", "assistant", "tool"])),
  null,
);

/** A message with its text only. */
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

/** A hash of the content, used if the id is missing. */
export function fingerprint(value: unknown): string {
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}

/** `["2 pictures"]`, `["1 picture"]`, or `[]` for 0. */
export function counted(count: number, one: string, many = `${one}s`): string[] {
  return count === 0 ? [] : [`${count.toLocaleString("en")} ${count === 1 ? one : many}`];
}

/** `counted` for messages that could not be read. */
export function unreadable(count: number): string[] {
  return counted(count, "message that could not be read", "messages that could not be read");
}

/** Limits the items of a conversation in total and per message, and counts those left out. */
export class ItemAllowance {
  leftOut = 0;
  #left: number;
  readonly #perMessage: number;

  constructor(total: number, perMessage: number) {
    this.#left = total;
    this.#perMessage = perMessage;
  }

  take<T>(items: readonly T[]): readonly T[] {
    const taken = items.slice(0, Math.min(this.#left, this.#perMessage));
    this.#left -= taken.length;
    this.leftOut += items.length - taken.length;
    return taken;
  }
}
