import { redirect } from "@remix-run/node";
import { findMessage } from "~/conversations/find";
import { regenerate } from "~/conversations/turns";
import { readForm } from "~/http/form";
import { handled } from "~/http/handled";
import { messageFormPage } from "~/pages/message-form-page";
import { refusePrompt } from "~/pages/refusal";
import { takeOnce } from "~/pages/sent-form";

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
  const take = async (clientId: string | undefined) => {
    try {
      return await regenerate(context, params.id ?? "", { ...form, clientId });
    } catch (error) {
      return refusePrompt(context, error, { prompt: "", model: form.model });
    }
  };
  return takeOnce(context, request, field, take, async (conversationId) =>
    redirect(context.hrefs.conversation(conversationId), 303),
  );
});
