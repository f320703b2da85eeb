import type { FieldView } from "../field";
import { SteeringForm } from "../steering-form";
import { Pattern } from "./pattern";

const MAIN: FieldView[] = [
  {
    name: "system",
    label: "Instructions",
    kind: "area",
    value: "",
    placeholder: "Answer briefly, and in plain words.",
    hint: "What the model is told before the conversation. Empty: your default for every model.",
    box: { name: "no_system", label: "No instructions here", on: false },
  },
  {
    name: "temperature",
    label: "Temperature",
    kind: "number",
    value: "7",
    fault: "It must be a number: from 0 to 2.",
    hint: "How freely words are chosen: low is steady, high is inventive. From 0 to 2.",
  },
  {
    name: "think",
    label: "Thinking",
    kind: "choice",
    value: "high",
    choices: [
      ["", "Default"],
      ["high", "high"],
    ],
    hint: "How long it thinks before it answers. Default: left to Ollama.",
  },
];

const MORE: FieldView[] = [
  { name: "keep_alive", label: "Keep in memory", value: "", placeholder: "5m" },
];

/** The form of instructions and options after a refusal. */
export function SteeringPatterns() {
  return (
    <Pattern name="Instructions and options">
      <SteeringForm
        view={{
          action: "#",
          intro:
            "They hold for the answers to come in this conversation, and go before your defaults.",
          back: { href: "#", word: "Why the tides come twice a day" },
          main: MAIN,
          more: MORE,
          note: "Thinking is set to high, but gemma3:4b cannot think before it answers: it is left to the model.",
          saved: false,
        }}
      />
    </Pattern>
  );
}
