import { NoOtherAnswers, OtherAnswers } from "~/components/other-answers";
import { findConversation } from "~/conversations/find";
import { handle } from "~/http/handle";
import { fragment } from "~/http/response";
import { otherAnswers } from "~/pages/other-turns";

export const loader = handle(async ({ context, id, query }) => {
  await findConversation(context.db, id);
  const view = await otherAnswers(context, id, query.get("leaf") ?? undefined, true);
  return fragment(view ? <OtherAnswers view={view} /> : <NoOtherAnswers />);
});
