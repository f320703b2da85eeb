/** What the demo says to a conversation as it comes over the wire. */
import { converse } from "./eliza";
import { sampleFor } from "./samples";

export interface Turn {
  role: string;
  content: string;
}

const CONTINUATIONS = [
  "And with that I have said all that I know about it. What do you make of it?",
  "More does not come to my mind. Would you go on?",
  "There I stopped, and there I stop again. What would you add?",
] as const;

/** The answer to the last prompt; where an answer has been begun already, the rest of it. */
export function answerTo(turns: readonly Turn[], shift = 0): string {
  const last = turns.at(-1);
  if (last?.role !== "assistant") return wholeAnswer(turns, shift);
  const whole = wholeAnswer(turns.slice(0, -1), shift);
  const begun = last.content;
  if (whole.startsWith(begun) && whole.length > begun.length) return whole.slice(begun.length);
  return continuation(begun, turns.length + shift);
}

function wholeAnswer(turns: readonly Turn[], shift: number): string {
  const prompts = turns.filter(({ role }) => role === "user").map(({ content }) => content);
  const last = prompts.at(-1) ?? "Hello";
  const sample = sampleFor(last);
  if (sample !== undefined) return sample;
  // What asked for a sample was no part of the talk: it must not use up a memory.
  const talk = prompts.slice(0, -1).filter((prompt) => sampleFor(prompt) === undefined);
  return converse([...talk, last], shift);
}

/** A sentence that goes on after a text that is not, or no longer, the demo's own. */
function continuation(begun: string, turn: number): string {
  const sentence = CONTINUATIONS[Math.abs(turn) % CONTINUATIONS.length] ?? "";
  const isInCode = (begun.match(/^\s*```/gm)?.length ?? 0) % 2 === 1;
  if (isInCode) return `${begun.endsWith("\n") ? "" : "\n"}\`\`\`\n\n${sentence}`;
  if (begun === "" || /\s$/.test(begun)) return sentence;
  return `${/[.!?:…]$/.test(begun) ? "" : " …"} ${sentence}`;
}
