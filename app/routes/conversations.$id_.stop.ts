import { findConversation } from "~/conversations/find";
import { stopAnswers } from "~/conversations/stopping";
import { handleForm } from "~/http/handle";
import { backToConversation, ComposerFields } from "~/pages/back-to-conversation";

export { formOnly as loader } from "~/http/handle";

/** Stops all answers, with `?at=` those at and below it: the Stop of a streaming document cannot name the answer. */
export const action = handleForm(ComposerFields, async (typed, { context, request, id, query }) => {
  const { db } = context;
  await findConversation(db, id);
  const at = query.get("at") ?? undefined;
  await stopAnswers(context, id, at);
  const leafId = query.get("leaf") ?? at;
  return backToConversation(context, request, id, typed, { leafId });
});
