import { redirect } from "@remix-run/node";
import { findMessage } from "~/conversations/find";
import { regenerate } from "~/conversations/turns";
import { readForm } from "~/http/form";
import { handled } from "~/http/handled";
import { answerOnce } from "~/http/sent-forms";
import { messageFormPage } from "~/pages/message-form-page";
import { refusePrompt } from "~/pages/refusal";

export { default, meta } from "./conversations.$id";

/** The conversation with a form in the answer's place: which model answers again. */
export const loader = handled(async ({ request, params, context }) => {
  const { db } = context;
  const message = await findMessage(db, params.id ?? "");
  return messageFormPage(context, request, message, message.role === "user" ? "edit" : "model");
});

export const action = handled(async ({ request, params, context }) => {
  const field = await readForm(request);
  const form = { model: field("model") || undefined, leafId: field("leaf") || undefined };
  return answerOnce(context, request, field, async () => {
    try {
      const conversationId = await regenerate(context, params.id ?? "", form);
      return redirect(context.hrefs.conversation(conversationId), 303);
    } catch (error) {
      return refusePrompt(context, error, { prompt: "", model: form.model });
    }
  });
});
