import { renderBlocksInSteps } from "./render";

/** Some pages of the longest answers: what is rendered is larger than its text, code several times. */
const MOST_CHARACTERS = 24 * 1024 * 1024;

interface Rendered {
  content: string;
  blocks: Promise<string[]>;
  characters: number;
}

/**
 * The final HTML of answers that were shown lately: highlighting costs about 2 ms a kilobyte of code, and
 * a conversation is looked at many times. Two who ask at the same time wait for one rendering.
 */
export class RenderedAnswers {
  /** In the order of their last use. */
  readonly #byMessage = new Map<string, Rendered>();
  #characters = 0;

  /** The blocks of this message as it is now. They are made in steps between which everything else goes on. */
  blocks(id: string, content: string): Promise<string[]> {
    const known = this.#byMessage.get(id);
    if (known?.content === content) {
      this.#byMessage.delete(id);
      this.#byMessage.set(id, known);
      return known.blocks;
    }
    if (known) this.#forget(id, known);
    const rendered: Rendered = {
      content,
      blocks: renderBlocksInSteps(content),
      characters: content.length,
    };
    this.#byMessage.set(id, rendered);
    this.#characters += content.length;
    rendered.blocks.then(
      (blocks) => this.#weigh(id, rendered, blocks),
      () => this.#forget(id, rendered),
    );
    return rendered.blocks;
  }

  /** The newest stays, however large it is: its page is about to be looked at again. */
  #weigh(id: string, rendered: Rendered, blocks: readonly string[]): void {
    if (this.#byMessage.get(id) !== rendered) return;
    const html = blocks.reduce((sum, block) => sum + block.length, 0);
    rendered.characters += html;
    this.#characters += html;
    for (const [oldest, other] of this.#byMessage) {
      if (this.#characters <= MOST_CHARACTERS || other === rendered) break;
      this.#forget(oldest, other);
    }
  }

  #forget(id: string, rendered: Rendered): void {
    if (this.#byMessage.get(id) !== rendered) return;
    this.#byMessage.delete(id);
    this.#characters -= rendered.characters;
  }
}
