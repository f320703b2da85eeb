import { json } from "@remix-run/node";
import type { SavedPromptText } from "~/conversations/saved-prompts";
import type { LooseFile } from "~/db/files";
import type { Problem } from "~/errors";
import type { RefusedFile } from "~/files/receive";
import type { StatedProblem } from "~/http/request-handler";
import type { SteeringText } from "~/steering/form";

export interface ReturnedPrompt {
  prompt: string;
  model?: string;
  system?: string;
  /** Stored, and kept for the next try. */
  files?: LooseFile[];
  refusedFiles?: RefusedFile[];
}

export interface RefusedPrompt extends ReturnedPrompt {
  kind: "prompt-refused";
  problem: Problem;
}

/** What an action passes to the loader that renders the page after it. */
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
  | { kind: "prompt-filled"; prompt: string }
  /** Of a resource route, for the error page. */
  | { kind: "problem"; problem: StatedProblem };

/** Shows the page of the address again: its loader runs next and reads the outcome. Throws if there is one already. */
export function showAgain(
  context: { outcome: Outcome },
  outcome: Outcome,
  status: number,
): Response {
  if (context.outcome.kind !== "none") throw new Error("a request has one outcome");
  context.outcome = outcome;
  return json(null, { status });
}

export function outcomeOf<K extends Outcome["kind"]>(
  { outcome }: { readonly outcome: Outcome },
  kind: K,
): Extract<Outcome, { kind: K }> | undefined {
  // A check of the kind does not narrow a generic union.
  return outcome.kind === kind ? (outcome as Extract<Outcome, { kind: K }>) : undefined;
}
