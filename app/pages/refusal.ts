import { json } from "@remix-run/node";
import type { LooseFile } from "~/db/files";
import { ParleyError, type Problem, problemOf } from "~/errors";
import type { RefusedFile } from "~/files/receive";
import type { RequestContext } from "~/http/context";

/** What came back from a form that was refused. */
export interface Refused {
  prompt: string;
  problem: Problem;
  model?: string | undefined;
  /** Instructions for a new conversation. */
  system?: string;
  /** Taken and kept for the next try. */
  files?: LooseFile[];
  refusedFiles?: RefusedFile[];
}

/** Statuses of a prompt that was not taken: its page comes back with the text still in the box. */
const GIVES_BACK = new Set([409, 422, 503]);

/**
 * Answers for a prompt that was not taken: the loader that runs next finds it in the context and shows
 * its page with the text and the reason. Every other error is thrown on.
 */
export function refusePrompt(
  context: RequestContext,
  error: unknown,
  form: Omit<Refused, "problem">,
): Response {
  if (!(error instanceof ParleyError) || !GIVES_BACK.has(error.status)) throw error;
  context.refused = { ...form, problem: problemOf(error) };
  return json(null, { status: error.status });
}
