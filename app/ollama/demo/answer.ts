import { converse } from "./eliza";
import { sampleFor } from "./samples";

export interface Message {
  role: string;
  content: string;
}

const CONTINUATIONS = [
  "And with that I have said all that I know about it. What do you make of it?",
  "More does not come to my mind. Would you go on?",
  "There I stopped, and there I stop again. What would you add?",
] as const;

// A word with the space before it, other characters, or space at the end.
const CHUNK = /\s*(?:[\p{L}\p{N}\p{M}'’]+[.,;:!?…]*|[^\s\p{L}\p{N}\p{M}]+)|\s+/gu;

/** Splits a text as a model would send it. */
export function chunksOf(text: string): string[] {
  return text.match(CHUNK) ?? [];
}

/** The answer to the last prompt, or the rest of it if the last message is an unfinished answer. */
export function answerTo(messages: readonly Message[], shift = 0): string {
  const last = messages.at(-1);
  if (last?.role !== "assistant") return wholeAnswer(messages, shift);
  const whole = wholeAnswer(messages.slice(0, -1), shift);
  const begun = last.content;
  if (whole.startsWith(begun) && whole.length > begun.length) return whole.slice(begun.length);
  return continuation(begun, messages.length + shift);
}

function wholeAnswer(messages: readonly Message[], shift: number): string {
  const prompts = messages.filter(({ role }) => role === "user").map(({ content }) => content);
  const last = prompts.at(-1) ?? "Hello";
  const sample = sampleFor(last);
  if (sample !== undefined) return sample;
  // Requests for samples are left out, so that they use up no memory.
  const others = prompts.slice(0, -1).filter((prompt) => sampleFor(prompt) === undefined);
  return converse([...others, last], shift);
}

function continuation(begun: string, shift: number): string {
  const sentence = CONTINUATIONS[Math.abs(shift) % CONTINUATIONS.length] ?? "";
  const isInCode = (begun.match(/^\s*```/gm)?.length ?? 0) % 2 === 1;
  if (isInCode) return `${begun.endsWith("\n") ? "" : "\n"}\`\`\`\n\n${sentence}`;
  if (begun === "" || /\s$/.test(begun)) return sentence;
  return `${/[.!?:…]$/.test(begun) ? "" : " …"} ${sentence}`;
}
