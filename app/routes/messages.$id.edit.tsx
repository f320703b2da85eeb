import { redirect } from "@remix-run/node";
import { findMessage } from "~/conversations/find";
import { editPrompt } from "~/conversations/turns";
import { readUncheckedForm } from "~/http/form";
import { handled } from "~/http/handled";
import { messageFormPage } from "~/pages/message-form-page";
import { refusePrompt } from "~/pages/refusal";
import { takeOnce } from "~/pages/sent-form";

export { default, meta } from "./conversations.$id";

/** The conversation with the prompt in a box, to be put in other words. */
export const loader = handled(async ({ request, params, context }) => {
  const { db } = context;
  const message = await findMessage(db, params.id ?? "", "user");
  return messageFormPage(context, request, message, "edit");
});

export const action = handled(async ({ request, params, context }) => {
  const field = await readUncheckedForm(request);
  const form = { prompt: field("prompt") ?? "", model: field("model") || undefined };
  const leafId = field("leaf") || undefined;
  const take = async (clientId: string | undefined) => {
    try {
      field.check();
      return await editPrompt(context, params.id ?? "", { ...form, leafId, clientId });
    } catch (error) {
      return refusePrompt(context, error, form);
    }
  };
  return takeOnce(context, request, field, take, async (conversationId) =>
    redirect(context.hrefs.conversation(conversationId), 303),
  );
});
