import { json } from "@remix-run/node";
import type { SavedPromptText } from "~/conversations/saved-prompts";
import type { LooseFile } from "~/db/files";
import type { Problem } from "~/errors";
import type { RefusedFile } from "~/files/receive";
import type { StatedProblem } from "~/http/request-handler";
import type { SteeringText } from "~/steering/form";

/** A prompt that its page gives back to the person. */
export interface ReturnedPrompt {
  prompt: string;
  model?: string;
  /** Instructions for a new conversation. */
  system?: string;
  /** Stored, and kept for the next try. */
  files?: LooseFile[];
  refusedFiles?: RefusedFile[];
}

export interface RefusedPrompt extends ReturnedPrompt {
  kind: "prompt-refused";
  problem: Problem;
}

/** What an action hands to the loader that renders the page after it. */
export type Outcome =
  | { kind: "none" }
  | RefusedPrompt
  | { kind: "deletion-refused"; problem: Problem }
  | { kind: "title-refused"; title: string; back: string; problem: Problem }
  | { kind: "steering-refused"; typed: SteeringText; faults: SteeringText; problem?: Problem }
  | {
      kind: "saved-prompt-refused";
      typed: SavedPromptText;
      faults: Partial<SavedPromptText>;
      problem?: Problem;
    }
  | { kind: "import-refused"; problem: Problem }
  /** A saved prompt with its placeholders filled in, for the composer. */
  | { kind: "prompt-filled"; prompt: string }
  /** The problem of an address that is no page; the error page shows it instead. */
  | { kind: "problem"; problem: StatedProblem };

/** Shows the page of the address with this outcome: the loader that runs next finds it in the context. */
export function showAgain(
  context: { outcome: Outcome },
  outcome: Outcome,
  status: number,
): Response {
  if (context.outcome.kind !== "none") throw new Error("a request has one outcome");
  context.outcome = outcome;
  return json(null, { status });
}

/** The outcome if it is of this kind. */
export function outcomeOf<K extends Outcome["kind"]>(
  { outcome }: { readonly outcome: Outcome },
  kind: K,
): Extract<Outcome, { kind: K }> | undefined {
  // A check of the kind does not narrow a generic union.
  return outcome.kind === kind ? (outcome as Extract<Outcome, { kind: K }>) : undefined;
}
