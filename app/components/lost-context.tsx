/** What the model has not read, or did not keep to the end (`beginning`). */
export interface LostContextView {
  what: "turns" | "prompt" | "both" | "beginning";
  /** How many tokens the model held at once. */
  contextTokens?: number;
  /** The page where the context length is set. */
  options: string;
}

/** Tells what the model did not read or keep of the conversation: Ollama itself never says so. */
export function LostContext({ model, lost }: { model: string; lost?: LostContextView }) {
  if (!lost) return null;
  const held = lost.contextTokens?.toLocaleString("en");
  const what = held ? `the ${held} tokens that ${model} holds` : `what ${model} holds`;
  return (
    <p className="lost-context">
      {SENTENCES[lost.what](what)} <a href={lost.options}>Raise the context length</a>
    </p>
  );
}

const SENTENCES: Record<LostContextView["what"], (held: string) => string> = {
  turns: (held) => `Earlier messages were left out: the conversation is longer than ${held}.`,
  prompt: (held) => `The middle of your prompt was left out: it is longer than ${held}.`,
  both: (held) =>
    `Earlier messages and the middle of your prompt were left out: the prompt alone is longer than ${held}.`,
  beginning: (held) =>
    `The beginning fell out of the context while this was written: with it the answer is longer than ${held}.`,
};
