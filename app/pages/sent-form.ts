import { clientIdOf } from "~/http/client-id";
import type { Form } from "~/http/form";
import type { RequestContext } from "./context";

/**
 * Answers a form that may be sent twice, at once or days later: one that was taken before leads where it led
 * then. `take` writes what the form says, with its id, and gives the conversation, or the page of a refusal.
 */
export async function takeOnce(
  { db }: RequestContext,
  request: Request,
  form: Form,
  take: (clientId: string | undefined) => Promise<string | Response>,
  leadTo: (conversationId: string) => Promise<Response>,
): Promise<Response> {
  const clientId = clientIdOf(request, form);
  const findSent = async () => clientId && (await db.turns.sentAs(clientId));
  const taken = (await findSent()) || (await take(clientId));
  if (typeof taken === "string") return leadTo(taken);
  // The same form may have been taken while this one was refused, for the place that it took.
  const sent = await findSent();
  return sent ? leadTo(sent) : taken;
}
