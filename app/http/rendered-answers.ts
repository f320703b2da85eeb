import { renderBlocks } from "~/markdown/render";

/** Of memory that is never needed for long, about as much as ten long conversations take. */
const MOST_CHARACTERS = 4_000_000;

interface Rendered {
  content: string;
  blocks: string[];
  characters: number;
}

/**
 * The final HTML of answers that were shown lately: highlighting costs about 2 ms a kilobyte of code, and
 * a conversation is looked at many times.
 */
export class RenderedAnswers {
  /** In the order of their last use. */
  readonly #byMessage = new Map<string, Rendered>();
  #characters = 0;

  /** The blocks of this message as it is now. */
  blocks(id: string, content: string): string[] {
    const known = this.#byMessage.get(id);
    if (known) this.#forget(id, known);
    const blocks = known?.content === content ? known.blocks : renderBlocks(content);
    const characters = blocks.reduce((sum, block) => sum + block.length, content.length);
    this.#byMessage.set(id, { content, blocks, characters });
    this.#characters += characters;
    for (const [oldest, rendered] of this.#byMessage) {
      if (this.#characters <= MOST_CHARACTERS) break;
      this.#forget(oldest, rendered);
    }
    return blocks;
  }

  #forget(id: string, { characters }: Rendered): void {
    this.#byMessage.delete(id);
    this.#characters -= characters;
  }
}
