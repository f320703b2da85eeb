import { NoOtherAnswers, OtherAnswers } from "~/components/other-answers";
import { findConversation } from "~/conversations/find";
import { fragment } from "~/http/fragment";
import { handled } from "~/http/handled";
import { otherAnswers } from "~/pages/other-answers";

/** What is being written in a conversation elsewhere than at the message `?leaf=`. */
export const loader = handled(async ({ request, params, context }) => {
  const { id } = await findConversation(context.db, params.id ?? "");
  const leafId = new URL(request.url).searchParams.get("leaf") ?? undefined;
  const view = await otherAnswers(context, id, leafId, true);
  return fragment(view ? <OtherAnswers view={view} /> : <NoOtherAnswers />);
});
