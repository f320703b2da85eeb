import { PromptDeletion, PromptUse, SavedPrompts } from "../saved-prompts";
import { Pattern } from "./pattern";

/** The library of prompts, one that is being filled in, and one that is to go. */
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
