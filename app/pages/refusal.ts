import { ParleyError, problemOf } from "~/errors";
import type { RequestContext } from "./context";
import { type ReturnedPrompt, showAgain } from "./outcome";

/** Statuses of a prompt that was not taken: its page comes back with the text still in the box. */
const GIVES_BACK = new Set([409, 422, 503]);

/** Shows the page of a refused prompt again, with its text and the reason. Every other error is thrown on. */
export function refusePrompt(
  context: RequestContext,
  error: unknown,
  returned: ReturnedPrompt,
): Response {
  if (!(error instanceof ParleyError) || !GIVES_BACK.has(error.status)) throw error;
  const problem = problemOf(error);
  return showAgain(context, { kind: "prompt-refused", ...returned, problem }, error.status);
}
