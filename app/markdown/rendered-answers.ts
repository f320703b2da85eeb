import { LRUCache } from "lru-cache";
import { renderBlocksInSteps } from "./blocks";

/** Answers and their HTML together; enough for several pages of the longest answers. */
const MAX_CHARACTERS = 24 * 1024 * 1024;

interface RenderedAnswer {
  content: string;
  blocks: Promise<string[]>;
}

/** A cache of the final HTML of answers, since highlighting takes 2 ms a kilobyte of code. */
export class RenderedAnswers {
  readonly #byMessage = new LRUCache<string, RenderedAnswer>({ maxSize: MAX_CHARACTERS });

  /** The blocks of a message; renders it, while other work runs, if it is not cached with this content. */
  blocks(id: string, content: string): Promise<string[]> {
    const known = this.#byMessage.get(id);
    if (known?.content === content) return known.blocks;
    const answer = { content, blocks: renderBlocksInSteps(content) };
    this.#set(id, answer, content.length);
    answer.blocks.then(
      (blocks) => {
        const html = blocks.reduce((sum, block) => sum + block.length, 0);
        if (this.#isCurrent(id, answer)) this.#set(id, { ...answer }, content.length + html);
      },
      () => {
        if (this.#isCurrent(id, answer)) this.#byMessage.delete(id);
      },
    );
    return answer.blocks;
  }

  #isCurrent(id: string, answer: RenderedAnswer): boolean {
    return this.#byMessage.peek(id) === answer;
  }

  /** Keeps even an answer above the limit, by itself: its page is about to be shown again. */
  #set(id: string, answer: RenderedAnswer, characters: number): void {
    const size = Math.min(Math.max(characters, 1), MAX_CHARACTERS);
    this.#byMessage.set(id, answer, { size });
  }
}
