import { redirect } from "@remix-run/node";
import { regenerate } from "~/conversations/turns";
import { readForm } from "~/http/form";
import { formOnly, handled } from "~/http/handled";
import { hrefs } from "~/http/hrefs";

export const loader = formOnly;

export const action = handled(async ({ request, params, context }) => {
  const field = await readForm(request);
  const model = field("model") || undefined;
  const conversationId = await regenerate(context, context.ownerId, params.id ?? "", model);
  return redirect(hrefs.conversation(context.base, conversationId), 303);
});
