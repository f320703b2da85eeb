import { lastPrompt } from "../../ollama/answers";
import type { ChatBody, Scenario } from "../../ollama/types";
import { Random } from "../random";

/** A prompt that ends with this gets an answer that takes some seconds. */
export const SLOWLY = ", slowly";

/** Answers of every length and pace, the same for the same chat: numbered words in all kinds of blocks. */
export function crashAnswer(chat: ChatBody): Scenario {
  const last = chat.messages.at(-1);
  const begun = last?.role === "assistant" ? last.content : "";
  const random = new Random(`${lastPrompt(chat)} ${begun.length}`);
  const slow = [random.between(330, 420), random.between(6, 8)] as const;
  const [words, everyMs] = lastPrompt(chat).endsWith(SLOWLY)
    ? slow
    : random.pick([
        [random.between(1, 1_500), 0],
        [random.between(5, 80), random.between(1, 4)],
        slow,
      ]);
  const text = markdown(words, begun.length, random);
  // What was begun may have broken off in a mark; a blank line keeps the two apart.
  return { chunks: cut(begun ? `\n\n${text}` : text, random), everyMs };
}

function markdown(words: number, first: number, random: Random): string {
  const blocks: string[] = [];
  let count = 0;
  const line = () => {
    const length = random.between(3, 12);
    return Array.from({ length }, () => `wörd${first + count++}`).join(" ");
  };
  const kinds = [
    () => `${line()}, **${line()}** and \`${line()}\`.`,
    () => `${line()}\n${line()}.`,
    () => `- ${line()}\n- ${line()}\n  - ${line()}`,
    () => `## ${line()}`,
    () => `> ${line()}`,
    () => `\`\`\`\n${line()};\n${line()};\n\`\`\``,
  ];
  while (count < words) blocks.push(random.pick(kinds)());
  return blocks.join("\n\n");
}

function cut(text: string, random: Random): string[] {
  const chunks: string[] = [];
  for (let at = 0; at < text.length; ) {
    const length = random.between(1, 12);
    chunks.push(text.slice(at, at + length));
    at += length;
  }
  return chunks;
}
