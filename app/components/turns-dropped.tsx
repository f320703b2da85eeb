import type { AnswerView } from "./views";

/** That the model has not read all of the conversation, since the host says so nowhere. */
export function TurnsDropped({ answer: { model, turnsDropped } }: { answer: AnswerView }) {
  if (!turnsDropped) return null;
  const held = turnsDropped.contextTokens?.toLocaleString("en");
  return (
    <p className="turns-dropped">
      Ollama left out older messages: the conversation is longer than{" "}
      {held ? `the ${held} tokens that ${model} held at once` : `what ${model} held at once`}.{" "}
      <a href={turnsDropped.options}>Raise the context length</a>
    </p>
  );
}
