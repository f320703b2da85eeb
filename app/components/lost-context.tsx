import type { AnswerView } from "./views";

/** Tells what the model did not read or keep of the conversation: Ollama itself never says so. */
export function LostContext({ answer: { model, lost } }: { answer: AnswerView }) {
  if (!lost) return null;
  const held = lost.contextTokens?.toLocaleString("en");
  const what = held ? `the ${held} tokens that ${model} holds` : `what ${model} holds`;
  return (
    <p className="lost-context">
      {SENTENCES[lost.what](what)} <a href={lost.options}>Raise the context length</a>
    </p>
  );
}

const SENTENCES: Record<NonNullable<AnswerView["lost"]>["what"], (held: string) => string> = {
  turns: (held) => `Earlier messages were left out: the conversation is longer than ${held}.`,
  prompt: (held) => `The middle of your prompt was left out: it is longer than ${held}.`,
  both: (held) =>
    `Earlier messages and the middle of your prompt were left out: the prompt alone is longer than ${held}.`,
  beginning: (held) =>
    `The beginning fell out of the context while this was written: with it the answer is longer than ${held}.`,
};
