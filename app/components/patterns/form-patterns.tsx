import type { FieldView } from "../field";
import { ImportReport, type ImportView } from "../import-report";
import { PromptDeletion, PromptUse, SavedPrompts } from "../saved-prompts";
import { SteeringForm } from "../steering-form";
import { Transfer } from "../transfer";
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

export function SavedPromptPatterns() {
  return (
    <Pattern name="Saved prompts">
      <SavedPrompts
        view={{
          prompts: [
            {
              id: "1",
              title: "Explain",
              beginning: "Explain {{topic}} to {{reader}}, in plain words.",
              ...{ use: "#", asks: true, edit: "#", delete: "#" },
            },
            {
              id: "2",
              title: "راجع النص",
              beginning: "راجع النص التالي",
              ...{ use: "#", asks: false, edit: "#", delete: "#" },
            },
          ],
          add: "#",
          back: "#",
          more: "#",
        }}
      />
      <SavedPrompts view={{ prompts: [], add: "#" }} />
      <PromptUse
        view={{
          title: "Explain",
          action: "#",
          cancel: "#",
          fields: [{ name: "value:topic", label: "topic", value: "", kind: "area", rows: 1 }],
          segments: [{ text: "Explain " }, { name: "topic" }, { text: ", in plain words." }],
        }}
      />
      <PromptDeletion view={{ title: "Explain", action: "#", cancel: "#" }} />
    </Pattern>
  );
}

const LEFT_OUT = [
  { title: "Why the tides come twice a day", reason: "It is here already." },
  { title: "A knot for every purpose", reason: "Taken without 2 pictures." },
  { title: "ما هو المد والجزر؟", reason: "There is no message in it." },
];

const BROKEN = {
  code: "cut-off",
  sentence: "The file ends in the middle: it was not written or sent whole.",
  next: "Nothing was added.",
};

const REPORTS: ImportView[] = [
  {
    fileName: "conversations.json",
    state: "running",
    total: 1200,
    done: 480,
    added: 480,
    skipped: [],
  },
  { fileName: "chats.json", state: "finished", total: 1, done: 1, added: 1, skipped: [] },
  {
    fileName: "parley.zip",
    state: "finished",
    total: 5000,
    done: 5000,
    added: 3,
    skipped: LEFT_OUT,
  },
  { fileName: "export.zip", state: "failed", done: 0, added: 0, skipped: [], problem: BROKEN },
  { fileName: "export.zip", state: "interrupted", total: 90, done: 30, added: 30, skipped: [] },
];

export function TransferPatterns() {
  return (
    <>
      <Pattern name="Import and export">
        <Transfer
          view={{
            everything: "#",
            action: "#",
            imports: [{ id: "i1", href: "#", fileName: "chats.json", state: "finished", at: 0 }],
            now: 0,
            problem: {
              code: "unknown-format",
              sentence: "The file is neither JSON nor a zip archive.",
              next: "Choose an export as it was downloaded.",
            },
          }}
        />
      </Pattern>
      <Pattern name="An import">
        {REPORTS.map((view, index) => (
          <ImportReport
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
            key={index}
            view={view}
            list="#"
            again="#"
          />
        ))}
      </Pattern>
    </>
  );
}
