import type { EditWaitingView } from "~/components/waiting-prompts";
import { findConversation } from "~/conversations/find";
import { findWaiting, unknownPrompt } from "~/conversations/waiting-prompts";
import { ParleyError } from "~/errors";
import { chosenModel, hostView } from "./composer";
import type { RequestContext } from "./context";
import { type ConversationPage, conversationPage } from "./conversation";
import { outcomeOf } from "./outcome";

/** The form; or the conversation with the text in its box if the prompt is no longer waiting. */
export type EditWaitingPage =
  | { edit: EditWaitingView; conversation: null }
  | { edit: null; conversation: ConversationPage };

/** The page where a waiting prompt is edited; throws a ParleyError if it is not waiting. */
export async function editWaitingPage(
  context: RequestContext,
  request: Request,
  id: string,
): Promise<EditWaitingPage> {
  const { hrefs } = context;
  const refused = outcomeOf(context, "prompt-refused");
  if (refused?.problem.code === NO_LONGER) {
    const conversation = await conversationPage(context, request, conversationOf(request));
    return { edit: null, conversation };
  }
  const { waiting } = await findWaiting(context, id);
  const host = await hostView(context);
  const chosen = chosenModel(host, [refused?.model, waiting.model]);
  const edit: EditWaitingView = {
    action: hrefs.saveWaiting(id, waiting.conversationId),
    cancel: hrefs.conversation(waiting.conversationId),
    prompt: refused?.prompt ?? waiting.prompt,
    models: host.models,
    ...chosen,
    problem: refused?.problem,
  };
  return { edit, conversation: null };
}

const NO_LONGER = "waits-no-longer";

/** The error to throw; for a prompt that is gone, one after which the text goes back into the box. */
export async function noLongerWaiting(
  { db }: RequestContext,
  request: Request,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof ParleyError) || error.code !== unknownPrompt().code) return error;
  const conversation = await findConversation(db, conversationOf(request)).catch(() => null);
  if (!conversation) return error;
  return new ParleyError(
    NO_LONGER,
    "This prompt waits no longer: it was sent or withdrawn meanwhile.",
    { kind: "conflict", next: "What you wrote is below, and can be sent as a new prompt." },
  );
}

function conversationOf(request: Request): string {
  return new URL(request.url).searchParams.get("in") ?? "";
}
