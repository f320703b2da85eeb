import type { RequestContext } from "~/pages/context";
import type { ReturnedPrompt } from "~/pages/outcome";

/** A text that goes back into the box of a conversation. */
export interface SetAsideText {
  ownerId: string;
  conversationId: string;
  prompt: string;
  model?: string | undefined;
  /** Ids of loose files that go back with it. */
  files: readonly string[];
}

/** Characters of all texts together: some of the longest prompts. */
const MOST_CHARACTERS = 8 * 1024 * 1024;
/** What a text takes beside its characters counts too, or those of files alone would never make room. */
const EACH = 1_024;

/**
 * Texts on their way back into a box, between a form and the page that it leads to: no address is long enough
 * for a prompt. They stay, so that the page may be loaded again, until newer ones need their room.
 */
export class SetAside {
  readonly #texts = new Map<string, SetAsideText>();
  #characters = 0;

  /** Gives the key under which the text is found. */
  keep(text: SetAsideText): string {
    const key = Bun.randomUUIDv7();
    this.#texts.set(key, text);
    this.#characters += text.prompt.length + EACH;
    for (const [oldest, { prompt }] of this.#texts) {
      if (this.#characters <= MOST_CHARACTERS || oldest === key) break;
      this.#texts.delete(oldest);
      this.#characters -= prompt.length + EACH;
    }
    return key;
  }

  /** The owner's text of this conversation, or undefined. */
  find(ownerId: string, conversationId: string, key: string | null): SetAsideText | undefined {
    const text = this.#texts.get(key ?? "");
    if (text?.ownerId !== ownerId || text.conversationId !== conversationId) return undefined;
    return text;
  }
}

/** The text that the page of a conversation gives back under a key, as a prompt that came back with its files. */
export async function textFor(
  { db, ownerId, setAside }: RequestContext,
  conversationId: string,
  key: string | null,
): Promise<ReturnedPrompt | undefined> {
  const text = setAside.find(ownerId, conversationId, key);
  if (!text) return undefined;
  const { prompt, model, files } = text;
  return { prompt, model, files: await db.files.loose(files) };
}
